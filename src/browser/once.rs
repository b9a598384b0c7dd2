//! A value that a callback of the browser delivers once to the task that waits for it.

use std::cell::RefCell;
use std::future::Future;
use std::pin::Pin;
use std::rc::{Rc, Weak};
use std::task::{Context, Poll, Waker};

/// The two ends. Waiting ends with `None` once every giver is gone without having given.
pub fn once<T>() -> (Giver<T>, Taker<T>) {
    let state = Rc::new(RefCell::new(State { value: None, waker: None }));
    (Giver { guard: Rc::new(Guard { state: Rc::downgrade(&state) }) }, Taker { state })
}

/// The callback's end; clones serve callbacks of which only one is called, and the first value counts.
pub struct Giver<T> {
    guard: Rc<Guard<T>>,
}

impl<T> Giver<T> {
    /// Delivers the value unless one is there already.
    pub fn give(&self, value: T) {
        let Some(state) = self.guard.state.upgrade() else {
            return;
        };
        let waker = {
            let mut state = state.borrow_mut();
            state.value.get_or_insert(value);
            state.waker.take()
        };
        if let Some(waker) = waker {
            waker.wake();
        }
    }
}

impl<T> Clone for Giver<T> {
    fn clone(&self) -> Self {
        Self { guard: Rc::clone(&self.guard) }
    }
}

/// The waiting end.
pub struct Taker<T> {
    state: Rc<RefCell<State<T>>>,
}

impl<T> Future for Taker<T> {
    type Output = Option<T>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let mut state = self.state.borrow_mut();
        if let Some(value) = state.value.take() {
            return Poll::Ready(Some(value));
        }
        if Rc::weak_count(&self.state) == 0 {
            return Poll::Ready(None);
        }
        state.waker = Some(context.waker().clone());
        Poll::Pending
    }
}

struct State<T> {
    value: Option<T>,
    waker: Option<Waker>,
}

struct Guard<T> {
    state: Weak<RefCell<State<T>>>,
}

impl<T> Drop for Guard<T> {
    fn drop(&mut self) {
        let Some(state) = std::mem::take(&mut self.state).upgrade() else {
            return;
        };
        let waker = state.borrow_mut().waker.take();
        if let Some(waker) = waker {
            waker.wake();
        }
    }
}
