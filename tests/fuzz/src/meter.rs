//! What a piece of work costs: memory by a counting allocator, time by the processor's clock where the system tells it,
//! so that other programs on the machine do not count.

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// The system's allocator, which keeps count.
pub struct Counting;

static USED: AtomicUsize = AtomicUsize::new(0);
static MOST: AtomicUsize = AtomicUsize::new(0);

impl Counting {
    fn add(bytes: usize) {
        let used = USED.fetch_add(bytes, Ordering::Relaxed) + bytes;
        MOST.fetch_max(used, Ordering::Relaxed);
    }

    fn sub(bytes: usize) {
        USED.fetch_sub(bytes, Ordering::Relaxed);
    }
}

// An allocator cannot be written without `unsafe`; each call is handed on as it came.
#[allow(unsafe_code, reason = "the trait is unsafe by its nature")]
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        Self::add(layout.size());
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        Self::add(layout.size());
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        // While it moves, both places are taken; in place it is less, which nobody is told.
        Self::add(size);
        let moved = unsafe { System.realloc(pointer, layout, size) };
        Self::sub(layout.size());
        moved
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        Self::sub(layout.size());
        unsafe { System.dealloc(pointer, layout) }
    }
}

/// The cost since a moment.
pub struct Meter {
    used: usize,
    begun: Duration,
}

impl Meter {
    /// Counts from now on.
    pub fn start() -> Self {
        let used = USED.load(Ordering::Relaxed);
        MOST.store(used, Ordering::Relaxed);
        Self { used, begun: processor_time() }
    }

    /// The most bytes that were taken at once beyond those taken at the start.
    pub fn memory(&self) -> usize {
        MOST.load(Ordering::Relaxed).saturating_sub(self.used)
    }

    /// How long the thread was at work.
    pub fn time(&self) -> Duration {
        processor_time().saturating_sub(self.begun)
    }
}

/// How long this thread has been at work, by Linux; elsewhere how long the program has run.
fn processor_time() -> Duration {
    stated_time("/proc/thread-self/schedstat")
}

/// How long the program's main thread has been at work, likewise.
pub fn time_of_main() -> Duration {
    stated_time(&format!("/proc/self/task/{}/schedstat", std::process::id()))
}

fn stated_time(place: &str) -> Duration {
    let stated = std::fs::read_to_string(place).ok();
    let nanoseconds = stated.and_then(|stated| stated.split(' ').next()?.parse().ok());
    nanoseconds.map_or_else(since_begin, Duration::from_nanos)
}

fn since_begin() -> Duration {
    static BEGIN: std::sync::OnceLock<Instant> = std::sync::OnceLock::new();
    BEGIN.get_or_init(Instant::now).elapsed()
}
