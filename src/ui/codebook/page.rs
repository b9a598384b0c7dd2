//! Guidelines as views. What the page could be harmed by is not in them: see `format/guidelines.rs`.

use leptos::prelude::*;

use crate::format::guidelines::{Node, Part, parse};

/// A page of Markdown; its headings begin at the third level, below those of the screen.
pub fn page(markdown: &str) -> AnyView {
    nodes(parse(markdown))
}

fn nodes(nodes: Vec<Node>) -> AnyView {
    nodes.into_iter().map(node).collect_view().into_any()
}

fn node(node: Node) -> AnyView {
    match node {
        Node::Text(text) => text.into_any(),
        Node::Break => view! { <br /> }.into_any(),
        Node::Rule => view! { <hr /> }.into_any(),
        Node::Code { code, block: true } => view! { <pre><code>{code}</code></pre> }.into_any(),
        Node::Code { code, block: false } => view! { <code>{code}</code> }.into_any(),
        Node::Part(part, inner) => of_part(part, nodes(inner)),
    }
}

fn of_part(part: Part, inner: AnyView) -> AnyView {
    match part {
        Part::Heading(1) => view! { <h3>{inner}</h3> }.into_any(),
        Part::Heading(2) => view! { <h4>{inner}</h4> }.into_any(),
        Part::Heading(_) => view! { <h5>{inner}</h5> }.into_any(),
        Part::Paragraph => view! { <p>{inner}</p> }.into_any(),
        Part::Quote => view! { <blockquote>{inner}</blockquote> }.into_any(),
        Part::List(None) => view! { <ul>{inner}</ul> }.into_any(),
        Part::List(Some(first)) => view! { <ol start=first.to_string()>{inner}</ol> }.into_any(),
        Part::Item => view! { <li>{inner}</li> }.into_any(),
        Part::Table => view! { <table>{inner}</table> }.into_any(),
        Part::Row => view! { <tr>{inner}</tr> }.into_any(),
        Part::Cell(true) => view! { <th scope="col">{inner}</th> }.into_any(),
        Part::Cell(false) => view! { <td>{inner}</td> }.into_any(),
        Part::Emphasis => view! { <em>{inner}</em> }.into_any(),
        Part::Strong => view! { <strong>{inner}</strong> }.into_any(),
        Part::Link(address) => {
            view! { <a href=address rel="noreferrer noopener" target="_blank">{inner}</a> }.into_any()
        }
    }
}
