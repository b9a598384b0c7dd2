//! The drawings of all icons: strokes on a field of 24 by 24, round at their ends, drawn for this product.

/// What an icon shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Glyph {
    Undo,
    Redo,
    Import,
    Export,
    Menu,
    Card,
    Help,
    Sun,
    Moon,
    Close,
    Check,
    Circle,
    HalfCircle,
    FullCircle,
    Trash,
    Plus,
    More,
    Warning,
    Search,
    Sliders,
    Folder,
    Info,
    Copy,
}

impl Glyph {
    /// The strokes.
    pub(super) const fn strokes(self) -> &'static str {
        match self {
            Self::Undo => "M8.5 5 4 9.5 8.5 14M4 9.5h10a5.75 5.75 0 0 1 0 11.5h-3",
            Self::Redo => "M15.5 5 20 9.5 15.5 14M20 9.5H10a5.75 5.75 0 0 0 0 11.5h3",
            Self::Import => "M12 3.5v11.5M7.5 10.5 12 15l4.5-4.5M4 16.5V20h16v-3.5",
            Self::Export => "M12 15V3.5M7.5 8 12 3.5 16.5 8M4 16.5V20h16v-3.5",
            Self::Menu => "M4 6.5h16M4 12h16M4 17.5h10",
            Self::Card => "M4 5h16v14H4zM14 5v14M16.5 9h1M16.5 12h1",
            Self::Help => {
                "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM9.4 9.6a2.65 2.65 0 1 1 3.7 2.45c-.8.35-1.1.9-1.1 1.7M12 16.9v.1"
            }
            Self::Sun => {
                "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M18.7 5.3l-1.4 1.4M6.7 17.3l-1.4 1.4"
            }
            Self::Moon => "M20 14.2A8.4 8.4 0 0 1 9.8 4 8.4 8.4 0 1 0 20 14.2z",
            Self::Close => "M6 6l12 12M18 6 6 18",
            Self::Check => "M4.5 12.5 10 18 19.5 7",
            Self::Circle | Self::HalfCircle | Self::FullCircle => "M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16z",
            Self::Trash => {
                "M4.5 6.5h15M9.5 6.5V4h5v2.5M6.5 6.5 7.3 20h9.4l.8-13.5M10.2 10.5v5.5M13.8 10.5v5.5"
            }
            Self::Plus => "M12 5v14M5 12h14",
            Self::More => "M5.5 12h.01M12 12h.01M18.5 12h.01",
            Self::Warning => "M12 4 2.8 20h18.4L12 4zM12 10v4.5M12 17.2v.1",
            Self::Search => "M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM15.2 15.2 20 20",
            Self::Sliders => {
                "M4 7.5h8.5M17.5 7.5H20M4 16.5h2.5M11.5 16.5H20M15 5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5zM9 14a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5z"
            }
            Self::Folder => "M3.5 18.5v-13h6l2 2.5h9v10.5z",
            Self::Info => "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 11v5.5M12 7.6v.1",
            Self::Copy => "M8.5 8.5h11v11h-11zM15.5 8.5v-4h-11v11h4",
        }
    }

    /// What is filled besides.
    pub(super) const fn fill(self) -> &'static str {
        match self {
            Self::HalfCircle => "M12 4a8 8 0 0 0 0 16z",
            Self::FullCircle => "M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16z",
            _ => "",
        }
    }
}
