//! What an import brought in and everything that is to be known about it, with file and line.

use leptos::prelude::*;

use crate::{
    app::workspace::{Finding, Report, Workspace},
    browser::{clipboard, wait},
    format::Severity,
    ui::widgets::{Glyph, Icon, handler},
};

/// Findings that are drawn; the copied report holds all that are kept.
const DRAWN: usize = 200;

/// The report.
#[component]
pub(super) fn ReportView(report: Report) -> impl IntoView {
    let ws = Workspace::expect();
    let summary = summary(&report);
    let whole = StoredValue::new(as_text(&summary, &report));
    let rest = report.findings.len().saturating_sub(DRAWN) + report.more_findings;
    let has_findings = !report.findings.is_empty();
    let drawn =
        report.findings.into_iter().take(DRAWN).map(|finding| view! { <Line finding /> }).collect_view();
    let copy = move |_| {
        wait::spawn(async move {
            match clipboard::write(&whole.get_value()).await {
                Ok(()) => ws.say("The report is on the clipboard"),
                Err(error) => ws.refuse(&error),
            }
        });
    };
    view! {
        <p class="summary" role="status">{summary}</p>
        {has_findings.then(|| view! {
            <ul class="findings" aria-label="Findings" tabindex="0">{drawn}</ul>
            {(0 < rest).then(|| view! { <p class="soft">{format!("and {rest} more")}</p> })}
            <p>
                <button type="button" class="quiet" on:click=handler(copy)><Icon name=Glyph::Copy />"Copy the report"</button>
            </p>
        })}
    }
}

#[component]
pub(super) fn Line(finding: Finding) -> impl IntoView {
    let (class, glyph) = match finding.severity {
        Severity::Error => ("error", Glyph::Close),
        Severity::Warning => ("warning", Glyph::Warning),
        Severity::Info => ("note", Glyph::Info),
    };
    view! {
        <li class=class>
            <Icon name=glyph />
            <span><span class="visually-hidden">{word_of(finding.severity)} ": "</span>{finding.words}</span>
        </li>
    }
}

const fn word_of(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

fn summary(report: &Report) -> String {
    let mut parts = Vec::new();
    if let Some(project) = &report.restored {
        parts.push(format!("The backup is open as the project “{project}”."));
    }
    parts.push(match report.documents {
        0 if report.restored.is_some() => String::new(),
        0 => "No document came in.".to_owned(),
        1 => "1 document came in.".to_owned(),
        count => format!("{count} documents came in."),
    });
    parts.push(match report.skipped {
        0 => String::new(),
        1 => "1 was here already and was left alone.".to_owned(),
        count => format!("{count} were here already and were left alone."),
    });
    if report.cancelled {
        parts.push("The import was stopped; Undo takes back what had come in.".to_owned());
    }
    parts.retain(|part| !part.is_empty());
    parts.join(" ")
}

fn as_text(summary: &str, report: &Report) -> String {
    let mut lines = vec![summary.to_owned()];
    lines.extend(
        report.findings.iter().map(|finding| format!("{}: {}", word_of(finding.severity), finding.words)),
    );
    if 0 < report.more_findings {
        lines.push(format!("and {} more", report.more_findings));
    }
    lines.join("\n")
}
