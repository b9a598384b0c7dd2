//! The CRC-32 that a zip archive carries of each entry (IEEE 802.3, reflected, as in PKWARE's APPNOTE, section 4.4.7).
//! It goes by half bytes, with a table of 64 bytes: the tables of the libraries, made for speed, are 16 KB that do not
//! compress, and packing is by far the slower part.

const POLYNOMIAL: u32 = 0xEDB8_8320;
const TABLE: [u32; 16] = table();

/// A checksum in the making.
pub(super) struct Checksum(u32);

impl Checksum {
    pub(super) const fn new() -> Self {
        Self(!0)
    }

    pub(super) fn update(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 ^= u32::from(*byte);
            for _ in 0..2 {
                self.0 = TABLE[(self.0 & 0xF) as usize] ^ (self.0 >> 4);
            }
        }
    }

    /// The checksum of all bytes so far.
    pub(super) const fn sum(&self) -> u32 {
        !self.0
    }
}

const fn table() -> [u32; 16] {
    let mut table = [0; 16];
    let mut half_byte = 0;
    while half_byte < table.len() {
        let mut rest = half_byte as u32;
        let mut bit = 0;
        while bit < 4 {
            rest = if rest & 1 == 1 { POLYNOMIAL ^ (rest >> 1) } else { rest >> 1 };
            bit += 1;
        }
        table[half_byte] = rest;
        half_byte += 1;
    }
    table
}

#[cfg(test)]
mod tests {
    use super::Checksum;

    #[test]
    fn the_check_value_of_the_catalogue_comes_out() {
        let mut checksum = Checksum::new();
        checksum.update(b"1234");
        checksum.update(b"56789");
        assert_eq!(checksum.sum(), 0xCBF4_3926);
        assert_eq!(Checksum::new().sum(), 0);
    }
}
