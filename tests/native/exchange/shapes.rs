//! Shapes that the formats' own tools write and that the larger samples do not hold: each is known by what it holds,
//! read, and what it says beyond spans and links is told or kept.

#![allow(clippy::disallowed_methods, reason = "what is expected lies beside the samples, on disk")]

use std::path::Path;

use rubricator::format::exchange::{End, Kind, Reading, Source, sets};

use super::again::{parse, print};

/// What a file is taken for, its documents as `text|label start-end …|type from>to …`, and what is said.
fn told(files: &[(&str, &str)]) -> String {
    let sources: Vec<_> =
        files.iter().map(|(path, content)| Source { path, bytes: content.as_bytes() }).collect();
    let sets = sets(&sources);
    let Some(Kind::Foreign(format)) = sets.first().map(|set| set.kind).filter(|_| sets.len() == 1) else {
        let names: Vec<_> = sets.iter().map(|set| set.kind.name()).collect();
        return names.join(" and ");
    };
    let reading = parse(format, &sources);
    if format.print.is_some() {
        let unit = rubricator::text::Unit::CodePoint;
        let printed = print(format, &reading.documents, unit);
        let again = parse(format, &printed.sources());
        assert_eq!(again.documents.len(), reading.documents.len(), "{}", format.name);
    }
    format!("{}: {}", format.name, said(&reading))
}

fn said(reading: &Reading) -> String {
    let documents = reading.documents.iter().map(|one| {
        let marks = one.marks.iter().map(|mark| {
            let places: Vec<_> = mark.fragments.iter().map(|(start, end)| format!("{start}-{end}")).collect();
            let attributes = mark.attributes.iter().map(|(name, value)| format!(" {name}={value:?}"));
            format!("{} {}{}", mark.label, places.join(","), attributes.collect::<String>())
        });
        let links = one.links.iter().map(|link| {
            let to = match &link.to {
                End::Mark(to) => to.clone(),
                End::Actor(name) => format!("@{name}"),
            };
            format!("{} {}>{to}", link.kind, link.from)
        });
        let parts = [marks.collect::<Vec<_>>().join("; "), links.collect::<Vec<_>>().join("; ")];
        format!("{:?}|{}", one.text, parts.join("|"))
    });
    let issues = reading.issues.iter().map(|issue| format!("! {issue}"));
    documents.chain(issues).collect::<Vec<_>>().join("\n")
}

/// Holds what was told of all cases of a format against what stands in `tests/data/shapes`.
fn check(name: &str, told: &[String]) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/shapes").join(format!("{name}.txt"));
    let told = told.join("\n\n") + "\n";
    if std::env::var_os("RUBRICATOR_WRITE_SHAPES").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, &told).unwrap();
    }
    let expected = std::fs::read_to_string(&path).unwrap();
    for (told, expected) in told.split("\n\n").zip(expected.split("\n\n")) {
        assert_eq!(told, expected, "{name}");
    }
    assert_eq!(told.len(), expected.len(), "{name}");
}

#[test]
fn label_studio() {
    let mut all = Vec::new();
    let region = r#"{"id":"a","from_name":"label","to_name":"text","type":"labels","value":{"start":0,"end":3,"text":"Ada","labels":["PER"]}}"#;
    let task = |rest: &str| format!(r#"[{{"id":1,"data":{{"text":"Ada met Bo."}},{rest}}}]"#);
    let cases = [
        task(&format!(r#""annotations":[{{"id":5,"ground_truth":true,"result":[{region}]}}],"drafts":[{{"result":[{region}]}}],"predictions":[]"#)),
        task(&format!(r#""annotations":[],"drafts":[{{"result":[{region}]}}],"predictions":[]"#)),
        task(&format!(r#""annotations":[{{"was_cancelled":true,"result":[{region}]}}]"#)),
        r#"[{"text":"Ada met Bo.","id":1,"label":[{"start":0,"end":3,"text":"Ada","labels":["PER"]}],"annotator":1,"annotation_id":3,"created_at":"x","updated_at":"x","lead_time":3.1}]"#.to_owned(),
        r#"[{"text":"Nobody came.","id":1,"annotator":1,"annotation_id":3,"created_at":"x","updated_at":"x","lead_time":3.1}]"#.to_owned(),
        r#"[{"id":1,"data":{"text":"https://example.org/talk.txt"},"annotations":[{"result":[{"id":"a","from_name":"label","to_name":"text","type":"labels","value":{"start":120,"end":123,"labels":["PER"]}}]}]}]"#.to_owned(),
        task(r#""annotations":[{"result":[{"id":"a","from_name":"label","to_name":"text","type":"labels","value":{"start":"0","end":"3","text":"Ada","labels":["PER","CHAIR"]}},{"id":"b","from_name":"label","to_name":"text","type":"labels","value":{"start":8,"end":10,"labels":["PER"]}},{"type":"relation","from_id":"a","to_id":"b","direction":"left","labels":["knows"]},{"type":"relation","from_id":"a","to_id":"b","direction":"bi"}]}]"#),
        task(r#""annotations":[{"result":[{"id":"a","from_name":"t","to_name":"text","type":"choices","value":{"choices":["news"]}}]}]"#),
    ];
    for case in cases {
        all.push(told(&[("tasks.json", &case)]));
    }
    check("label_studio", &all);
}

#[test]
fn prodigy() {
    let mut all = Vec::new();
    for case in [
        r#"{"text":"Ada met Bo.","spans":[{"start":0,"end":3,"label":"PER"}],"answer":"accept","_input_hash":1,"_task_hash":2}"#,
        r#"{"text":"Ada met Bo.","spans":[{"start":0,"end":3,"label":"PER"}],"answer":"reject","_input_hash":1}"#,
        r#"{"text":"Ada met Bo.","spans":null,"tokens":null,"answer":"ignore","_input_hash":1}"#,
        r#"{"text":"Ada met Bo.","_input_hash":1,"_task_hash":2,"_view_id":"ner_manual","answer":"accept","spans":[{"start":0,"end":3,"label":"PER","token_start":0,"token_end":0}],"versions":[{"text":"Ada met Bo.","spans":[{"start":0,"end":3,"label":"PER"}],"sessions":["a"],"default":true},{"text":"Ada met Bo.","spans":[],"sessions":["b"],"default":false}],"view_id":"ner_manual"}"#,
        r#"{"text":"Ada met Bo.","_input_hash":1,"label":"NEWS","answer":"accept"}"#,
        r#"{"image":"data:image/png;base64,","_input_hash":1,"answer":"accept","spans":[]}"#,
        r#"{"text":"Ada met Bo.","_input_hash":1,"tokens":[{"text":"Ada","start":0,"end":3,"id":0},{"text":"met","start":4,"end":7,"id":1},{"text":"Bo","start":8,"end":10,"id":2}],"spans":[{"token_start":0,"token_end":0,"label":"PER"}],"relations":[{"head":0,"child":2,"label":"knows"}],"answer":"accept"}"#,
    ] {
        all.push(told(&[("tasks.jsonl", case)]));
    }
    check("prodigy", &all);
}

#[test]
fn doccano() {
    let mut all = Vec::new();
    for case in [
        r#"{"id":1,"text":"Ada met Bo.","label":[[0,3,"PER"]],"Comments":["who?"]}"#,
        r#"{"id":1,"data":"Ada met Bo.","label":[[0,3,"PER"]]}"#,
        r#"{"id":1,"text":"Ada met Bo.","labels":[[0,3,"PER"]],"meta":{"source":"x"}}"#,
        r#"{"id":1,"text":"Ada met Bo.","annotations":[{"id":9,"label":2,"start_offset":0,"end_offset":3,"user":1,"prob":0.0,"created_at":"x"}],"meta":{},"annotation_approver":null}"#,
        r#"{"id":1,"text":"Ada met Bo.","annotations":[{"label":2,"user":1}],"meta":{},"annotation_approver":null}"#,
        r#"{"id":1,"text":"Ada met Bo.","cats":["NEWS"],"entities":[[0,3,"PER"]]}"#,
        r#"{"id":1,"text":"Ada met Bo.","entities":[{"id":7,"label":"PER","start_offset":0,"end_offset":3},{"id":8,"label":"PER","start_offset":8,"end_offset":10}],"relations":[{"id":1,"from_id":7,"to_id":8,"type":"knows"}],"Comments":[]}"#,
        r#"{"id":1,"text":"Ada met Bo.","label":[],"Comments":[]}"#,
        r#"{"id":1,"text":"Ada met Bo.","label":["NEWS"]}"#,
    ] {
        all.push(told(&[("all.jsonl", case)]));
    }
    check("doccano", &all);
}

#[test]
fn conll() {
    let mut all = Vec::new();
    for (name, case) in [
        (
            "a.conll",
            "# newdoc id = talks\n# sent_id = 1\n# text = Ada met Bo .\nAda\tNNP\tB-PER\nmet\tVBD\tO\nBo\tNNP\tB-PER\n.\t.\tO\n\n# sent_id = 2\n#\t#\tO\n1\tCD\tO\n\n",
        ),
        ("esp.testa", "Ada NC B-PER\r\nmet VMI O\r\nBo NC B-PER\r\n. Fp O\r\n\r\nAda NC B-PER\r\n\r\n"),
        (
            "a.txt",
            "Ada NNP I-NP I-PER\nBo NNP I-NP B-PER\nmet VBD I-VP O\nCy NNP I-NP I-PER\nDo NNP I-NP I-PER\n\n",
        ),
        (
            "a.conll",
            "-DOCSTART- -X- -X- O\n\n\nAda NNP B-NP B-PER \nmet VBD B-VP O \n\n-DOCSTART- -X- -X- O\n\nBo NNP B-NP B-PER\n",
        ),
        ("a.conll", "# id 1 domain=en\nAda _ _ B-PER\nmet _ _ O\n\n# id 2 domain=en\nBo _ _ B-PER\n"),
        (
            "a.conllu",
            "# sent_id = 1\n# text = Ada met Bo.\n1\tAda\tAda\tPROPN\tNNP\t_\t2\tnsubj\t_\tNE=B-PER\n2\tmet\tmeet\tVERB\tVBD\t_\t0\troot\t_\t_\n3-4\tBos\t_\t_\t_\t_\t_\t_\t_\t_\n3\tBo\tBo\tPROPN\tNNP\t_\t2\tobj\t_\tSpaceAfter=No\n4\t's\ts\tPART\tPOS\t_\t3\tcase\t_\t_\n\n",
        ),
        ("a.tsv", "Ada\tB-PER\nmet\tO\n\nBo\tB-PER\n"),
        ("a.bio", "Ada\tB-PER\tB-ORG\nmet\tO\tO\n\n"),
        ("a.conll", "Ada\tU-PER\nMay\tB-LOC\nsur\tI-LOC\nMer\tL-LOC\n\n"),
    ] {
        all.push(told(&[(name, case)]));
    }
    check("conll", &all);
}

#[test]
fn hugging_face() {
    let mut all = Vec::new();
    for case in [
        r#"{"id":"0","tokens":["Ada","met","Bo","."],"ner_tags":[1,0,1,0]}"#,
        r#"{"tokens":["Ada","met","Bo","."],"ner_tags":["B-PER","O","B-PER","O"],"lang":"en"}"#,
        r#"{"id":"0","tokens":["EU"],"pos_tags":[22],"chunk_tags":[11],"ner_tags":[3]}"#,
        r#"{"tokens":[],"ner_tags":[]}"#,
        r#"{"words":["Ada","met"],"labels":["PER","O"]}"#,
        r#"{"tokens":["Ada","met"],"tags":["B-PER"]}"#,
        r#"{"text":"Ada met Bo.","entities":[{"start":0,"end":3,"label":"PER"}]}"#,
        r#"{"text":"Ada met Bo.","spans":[{"start":0,"end":3,"label":"PER","text":"Ada"}]}"#,
    ] {
        all.push(told(&[("train.jsonl", case)]));
    }
    check("hugging_face", &all);
}

#[test]
fn brat() {
    let mut all = Vec::new();
    for (text, lines) in [
        (
            "Ada\r\nmet Bo.",
            "T1\tPER 0 3\tAda\r\nT2\tPER 9 11\tBo\r\nR1\tKnows Arg1:T1 Arg2:T2\t\r\nA1\tSure R1\r\nA2\tHow R1 well\r\n#1\tAnnotatorNotes R1\tthey met\r\n",
        ),
        (
            "Ada met Bo and Cy.",
            "T1\tPER 0 3\tAda\nT2\tMeet 4 7\tmet\nT3\tPER 8 10\tBo\nT4\tPER 15 17\tCy\nE1\tMeet:T2 Who:T1 With:T3 With2:T4\nE2\tMeet:T2 With:T3 With:T4\nM1\tNegation E1\nA2\tCertain E2 low\n*\tSame T3 T4\nE3\tMeet:T2\n",
        ),
        ("Ada met Bo.", "Tä1\tPER 0 3\tAda\nT２\tPER 8 10\tBo\nR1\tKnows Arg1:Tä1 Arg2:T２\n"),
        ("Ada met Bo.", "T1 PER 0 3 Ada\nT2\tPER 8 10\nN1\tReference T1 Wikidata:Q7259\tAda Lovelace\n"),
        ("Ada met Bo.", "\n\nT1\tPER 0 3;8 10\tAda Bo\n\n"),
        ("Ada met Bo.", "T1\tPER 0 3\tAda\nR1\tKnows Arg1:T1 Arg2:T9\nA1\tSure T9\nfoo\n"),
    ] {
        all.push(told(&[("a.ann", lines), ("a.txt", text)]));
    }
    check("brat", &all);
}

#[test]
fn web_annotation() {
    let mut all = Vec::new();
    let text = ("talk.txt", "Ada met Bo.");
    let on = |selector: &str| {
        format!(
            r#"{{"@context":"http://www.w3.org/ns/anno.jsonld","id":"a","type":"Annotation","body":{{"type":"TextualBody","purpose":"tagging","value":"PER"}},"target":{{"source":"http://example.org/talk.txt","selector":{selector}}}}}"#
        )
    };
    let position = r#"{"type":"TextPositionSelector","start":0,"end":3}"#;
    let cases = [
        format!(r#"{{"@context":"http://www.w3.org/ns/anno.jsonld","id":"c","type":"AnnotationCollection","total":1,"first":{{"id":"p","type":"AnnotationPage","startIndex":0,"items":[{}]}}}}"#, on(position)),
        format!(r#"{{"@context":"http://www.w3.org/ns/anno.jsonld","id":"p","type":"AnnotationPage","items":[{}],"next":"p2"}}"#, on(position)),
        on(r#"{"type":"FragmentSelector","conformsTo":"http://tools.ietf.org/rfc/rfc5147","value":"char=8,10"}"#),
        on(r#"{"type":"RangeSelector","startSelector":{"type":"XPathSelector","value":"/p"},"endSelector":{"type":"XPathSelector","value":"/p"},"refinedBy":{"type":"TextPositionSelector","start":8,"end":10}}"#),
        r#"{"total":1,"rows":[{"id":"h1","created":"2024","user":"acct:a@b","uri":"https://example.org/talk.txt","text":"a note","tags":["PER","x"],"group":"__world__","permissions":{},"target":[{"source":"https://example.org/talk.txt","selector":[{"type":"RangeSelector","startContainer":"/p","startOffset":0,"endContainer":"/p","endOffset":3},{"type":"TextPositionSelector","start":0,"end":3},{"type":"TextQuoteSelector","exact":"Ada","prefix":"","suffix":" met"}]}]},{"id":"h2","user":"acct:a@b","uri":"https://example.org/talk.txt","text":"on the page","tags":[],"target":[{"source":"https://example.org/talk.txt"}]},{"id":"h3","user":"acct:a@b","uri":"https://example.org/talk.txt","text":"a reply","tags":[],"references":["h1"],"target":[{"source":"https://example.org/talk.txt"}]}]}"#.to_owned(),
        r##"[{"@context":"http://www.w3.org/ns/anno.jsonld","id":"#1","type":"Annotation","body":[{"type":"TextualBody","value":"PER","purpose":"tagging"},{"type":"TextualBody","value":"why?","purpose":"commenting"}],"target":{"selector":[{"type":"TextQuoteSelector","exact":"Ada"},{"type":"TextPositionSelector","start":0,"end":3}]}},{"@context":"http://www.w3.org/ns/anno.jsonld","id":"#2","type":"Annotation","body":[{"type":"TextualBody","value":"PER","purpose":"tagging"}],"target":{"selector":[{"type":"TextQuoteSelector","exact":"Bo"},{"type":"TextPositionSelector","start":8,"end":10}]}},{"@context":"http://www.w3.org/ns/anno.jsonld","id":"#3","type":"Annotation","body":[{"type":"TextualBody","value":"knows","purpose":"tagging"}],"motivation":"linking","target":[{"id":"#1"},{"id":"#2"}]}]"##.to_owned(),
        r#"[{"id":"r1","bodies":[{"id":"b","annotation":"r1","purpose":"tagging","value":"PER"}],"target":{"annotation":"r1","selector":[{"quote":"Ada","start":0,"end":3}]}}]"#.to_owned(),
        on(r#"[{"type":"TextQuoteSelector","exact":"Bo","prefix":"met ","suffix":"."}]"#),
        r#"{"@context":"http://www.w3.org/ns/anno.jsonld","id":"a","type":"Annotation","bodyValue":"a remark","motivation":["commenting"],"target":{"source":"talk.txt","selector":{"type":"TextPositionSelector","start":0,"end":3}}}"#.to_owned(),
        r#"{"@context":"http://www.w3.org/ns/anno.jsonld","id":"a","type":"Annotation","body":"http://example.org/x","target":"http://example.org/talk.txt"}"#.to_owned(),
        r#"{"@context":"http://www.w3.org/ns/anno.jsonld","id":"a","type":"Annotation","body":{"type":"SpecificResource","purpose":"identifying","source":"http://www.wikidata.org/entity/Q7259"},"target":{"source":"talk.txt","selector":{"type":"TextPositionSelector","start":0,"end":3}}}"#.to_owned(),
    ];
    for case in cases {
        all.push(told(&[("annotations.json", &case), text]));
    }
    check("web_annotation", &all);
}

#[test]
fn pubannotation() {
    let mut all = Vec::new();
    for case in [
        r#"{"target":"http://x/1","sourcedb":"PMC","sourceid":"1","divid":0,"text":"Ada met Bo.","project":"p","denotations":[{"id":"T1","span":{"begin":0,"end":3},"obj":"PER"},{"id":"T2","span":[{"begin":0,"end":3},{"begin":8,"end":10}],"obj":"GROUP"}],"relations":[{"id":"R1","pred":"in","subj":"T1","obj":"T2"}],"attributes":[{"id":"A1","subj":"T1","pred":"sure","obj":true}],"modifications":[{"id":"M1","pred":"Negation","obj":"T1"}],"namespaces":[{"prefix":"_base","uri":"http://x/"}]}"#,
        r#"[{"text":"Ada met Bo.","tracks":[{"project":"a","denotations":[{"id":"T1","span":{"begin":0,"end":3},"obj":"PER"}]},{"project":"b","denotations":[{"id":"T1","span":{"begin":8,"end":10},"obj":"PER"}],"relations":[]}]}]"#,
        r#"{"text":"Ada met Bo.","blocks":[{"id":"B1","span":{"begin":0,"end":11},"obj":"Sentence"}],"denotations":[{"span":{"begin":0,"end":3},"obj":"PER"}]}"#,
        r#"{"text":"Ada met Bo."}"#,
        r#"{"text":"Ada met Bo.","denotations":[]}"#,
        r#"{"text":"Ada met Bo.","catanns":[{"id":"T1","span":{"begin":0,"end":3},"category":"PER"}],"relanns":[]}"#,
    ] {
        all.push(told(&[("1.json", case)]));
    }
    check("pubannotation", &all);
}

#[test]
fn cas() {
    let mut all = Vec::new();
    for case in [
        r#"{"%VERSION":"0.4.0","%FLAGS":{},"%TYPES":{"%RANGE":{}},"%FEATURE_STRUCTURES":[{"%ID":1,"%TYPE":"uima.cas.Sofa","sofaNum":1,"sofaID":"_InitialView","mimeType":"text","sofaString":"😀 Ada met Bo."},{"%ID":2,"%TYPE":"x.Person","%FLAGS":{},"@sofa":1,"begin":3,"end":6,"name":null}],"%VIEWS":{"_InitialView":{"%INDEX":[2]}}}"#,
        r#"{"%TYPES":{},"%FEATURE_STRUCTURES":{"1":{"%TYPE":"uima.cas.Sofa","sofaNum":1,"sofaID":"_InitialView","sofaString":"Ada met Bo."},"2":{"%TYPE":"x.Person","@sofa":1,"begin":0,"end":3}},"%VIEWS":{}}"#,
        r#"{"%TYPES":{},"%FEATURE_STRUCTURES":[{"%ID":1,"%TYPE":"Sofa","sofaNum":1,"sofaID":"_InitialView","sofaString":"Ada met Bo."},{"%ID":2,"%TYPE":"x.Person","@sofa":1,"begin":0,"end":3,"@friend":3},{"%ID":3,"%TYPE":"x.Person","@sofa":1,"begin":8,"end":10}],"%VIEWS":{"_InitialView":{"%SOFA":1,"%MEMBERS":[2,3]}}}"#,
    ] {
        all.push(told(&[("a.json", case)]));
    }
    check("cas", &all);
}

#[test]
fn webanno() {
    let mut all = Vec::new();
    for case in [
        "#FORMAT=WebAnno TSV 3.1\n#T_SP=webanno.custom.Mark|value\n#T_CH=webanno.custom.CoreferenceLink|referenceRelation|referenceType\n\n\n#Text=Ada met Bo .\n1-1\t0-3\tAda\tPER\tcoref->1-1\tpers[1]\t\n1-2\t4-7\tmet\t_\t_\t_\t\n1-3\t8-10\tBo\t*\t*->1-2\t*[1]\t\n1-4\t11-12\t.\t_\t_\t_\t\n",
        "#FORMAT=WebAnno TSV 3.2\n#T_SP=webanno.custom.Frame|name|ROLE_webanno.custom.Frame:who_webanno.custom.FrameWhoLink|uima.tcas.Annotation\n#T_SP=webanno.custom.Mark|value\n\n\n#Text=Ada met Bo .\n1-1\t0-3\tAda\t_\t_\t_\tPER[1]\t\n1-2\t4-7\tmet\tMeet\tagent;patient\t1-1[1];1-3[2]\t_\t\n1-3\t8-10\tBo\t_\t_\t_\tPER[2]\t\n1-4\t11-12\t.\t_\t_\t_\t_\t\n",
        "#FORMAT=WebAnno TSV 3.3\n#T_SP=webanno.custom.Mark|value\n#T_RL=webanno.custom.Rel|value|BT_webanno.custom.Mark\n\n\n#Sentence.id=s1\n#Text=Ada met Bo .\n1-1\t0-3\tAda\tPER\tknows\t1-3\t\n1-2\t4-7\tmet\t_\t_\t_\t\n1-3\t8-10\tBo\tPER\t_\t_\t\n1-4\t11-12\t.\t_\t_\t_\t\n",
    ] {
        all.push(told(&[("a.tsv", case)]));
    }
    check("webanno", &all);
}
