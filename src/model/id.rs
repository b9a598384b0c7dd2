//! Ids of the records: UUIDs, each kind a type of its own.
//! New ones are version 7 (RFC 9562, section 5.7), so that they sort by the time they were made.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use uuid::{Builder, Uuid};

/// A new version 7 UUID from a Unix time in milliseconds and sixteen random bytes.
pub fn mint(unix_millis: i64, random: [u8; 16]) -> Uuid {
    let mut counter_random_bytes = [0; 10];
    counter_random_bytes.copy_from_slice(&random[..10]);
    let millis = u64::try_from(unix_millis).unwrap_or(0);
    Builder::from_unix_timestamp_millis(millis, &counter_random_bytes).into_uuid()
}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Uuid);

        impl $name {
            /// The id that holds this UUID.
            pub const fn new(uuid: Uuid) -> Self {
                Self(uuid)
            }

            /// The UUID itself.
            pub const fn uuid(self) -> Uuid {
                self.0
            }

            /// Reads an id as [`fmt::Display`] writes it; `None` where the string is no UUID.
            pub fn parse(string: &str) -> Option<Self> {
                Uuid::try_parse(string).ok().map(Self)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(formatter)
            }
        }

        /// As text, for what travels between page and worker.
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let string = String::deserialize(deserializer)?;
                Self::parse(&string).ok_or_else(|| D::Error::custom("no id"))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(formatter, concat!(stringify!($name), "({})"), self.0)
            }
        }
    };
}

id!(
    /// Names a [`Project`](super::Project).
    ProjectId
);
id!(
    /// Names a [`Document`](super::Document).
    DocumentId
);
id!(
    /// Names an [`Annotation`](super::Annotation).
    AnnotationId
);
id!(
    /// Names a [`Relation`](super::Relation).
    RelationId
);
id!(
    /// Names an [`Actor`](super::Actor) of the registry.
    ActorId
);
