//! The one path from older formats to the present one, for files and database rows alike.
//! Each later version adds one pure step from its predecessor; a stored sample of every version is a test.

use serde_json::Value;

use super::{Error, RecordKind};

/// The name of the present format.
pub const FORMAT: &str = "rubricator/1";

/// The number in [`FORMAT`].
pub const VERSION: u32 = 1;

/// The version that a format's name states; `None` if it is not one of ours.
pub(super) fn version(format: &str) -> Option<Result<u32, Error>> {
    let number = format.strip_prefix("rubricator/")?;
    let known = number.parse().ok().filter(|version| (1..=VERSION).contains(version));
    let newer = || Error::NewerFormat { found: format.to_owned() };
    Some(known.ok_or_else(newer))
}

/// Brings a record from an older version to the present one.
pub(super) fn migrate(_record: RecordKind, value: Value, _from: u32) -> Value {
    // There is only one version yet. A second one adds `if from < 2 { value = to_2(record, value) }` here.
    value
}

/// Brings a stored row from an older version to the present one.
///
/// # Errors
/// The row is no JSON, or its version is newer than [`VERSION`].
pub fn migrate_row(record: RecordKind, row: &str, from: u32) -> Result<String, Error> {
    if from > VERSION {
        return Err(Error::NewerFormat { found: format!("rubricator/{from}") });
    }
    if from == VERSION {
        return Ok(row.to_owned());
    }
    let value = serde_json::from_str(row).map_err(|error| Error::Record {
        record,
        column: error.column(),
        reason: error.to_string(),
    })?;
    Ok(migrate(record, value, from).to_string())
}
