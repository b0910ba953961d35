//! Runs the workload of the crate's own benchmark on the store whose connection string is the first argument.
//!
//! A line of standard input, `get|put sequential|concurrent <milliseconds>`, asks for a round of that length; the answer is a
//! line with the microseconds that one operation took. The values are those of `Workload.java`, made beforehand there and here.

use std::error::Error;
use std::hint::black_box;
use std::io::{self, BufRead, Write};
use std::sync::Arc;
use std::time::{Duration, Instant};

use cuttlestore::Cuttlestore;
use tokio::runtime::{self, Runtime};
use tokio::task::JoinHandle;

const KEYS: usize = 1_000;
const VARIANTS: usize = 16;
const STRIDE: usize = 7_919;
const WORDS: &str = "lorem ipsum dolor sit amet consectetur adipiscing elit sed do eiusmod tempor \
    incididunt ut labore et dolore magna aliqua ut enim ad minim veniam quis nostrud exercitation ullamco \
    laboris nisi ut aliquip ex ea commodo consequat";

type Failure = Box<dyn Error + Send + Sync>;
type Tasks = Vec<JoinHandle<Result<(), Failure>>>;

/// Keys and values, by number. Keys from `KEYS` on are never written.
struct Workload {
    keys: Vec<String>,
    values: Vec<Vec<String>>,
}

impl Workload {
    fn new() -> Self {
        let words: Vec<&str> = WORDS.split_whitespace().collect();
        let text = |count: usize, variant: usize| {
            let chosen: Vec<&str> = (0..count).map(|i| words[(variant + i) % words.len()]).collect();
            chosen.join(" ")
        };
        Workload {
            keys: (0..2 * KEYS).map(|i| i.to_string()).collect(),
            values: (0..VARIANTS)
                .map(|variant| (0..KEYS).map(|i| text(1 + i % 30, variant)).collect())
                .collect(),
        }
    }

    /// The value of a key at its `round`th writing: another than before.
    fn value(&self, i: usize, round: usize) -> &String {
        &self.values[round % VARIANTS][i]
    }
}

/// A store and how often it has been written to and read.
struct Bench {
    store: Cuttlestore<String>,
    workload: Arc<Workload>,
    writes: usize,
    reads: usize,
}

impl Bench {
    async fn put_sequentially(&mut self) -> Result<(), Failure> {
        self.writes += 1;
        for i in 0..KEYS {
            self.store.put(&self.workload.keys[i], self.workload.value(i, self.writes)).await?;
        }
        Ok(())
    }

    async fn put_concurrently(&mut self) -> Result<(), Failure> {
        self.writes += 1;
        let round = self.writes;
        let mut tasks = Tasks::with_capacity(KEYS);
        for i in 0..KEYS {
            let (store, workload) = (self.store.clone(), self.workload.clone());
            tasks.push(tokio::spawn(async move {
                store.put(&workload.keys[i], workload.value(i, round)).await?;
                Ok(())
            }));
        }
        all(tasks).await
    }

    async fn get_sequentially(&mut self) -> Result<(), Failure> {
        for _ in 0..KEYS {
            let i = self.next_read();
            let found = black_box(self.store.get(&self.workload.keys[i]).await?);
            check(i, &found)?;
        }
        Ok(())
    }

    async fn get_concurrently(&mut self) -> Result<(), Failure> {
        let mut tasks = Tasks::with_capacity(KEYS);
        for _ in 0..KEYS {
            let i = self.next_read();
            let (store, workload) = (self.store.clone(), self.workload.clone());
            tasks.push(tokio::spawn(async move {
                let found = black_box(store.get(&workload.keys[i]).await?);
                check(i, &found)
            }));
        }
        all(tasks).await
    }

    /// All keys in turn, each far from the one before; every other one is missing.
    fn next_read(&mut self) -> usize {
        self.reads = (self.reads + STRIDE) % (2 * KEYS);
        self.reads
    }

    /// Does the work until the time is over; the microseconds that an operation took.
    fn round(&mut self, runtime: &Runtime, request: &str) -> Result<f64, Failure> {
        let mut words = request.split_whitespace();
        let work = (words.next().unwrap_or(""), words.next().unwrap_or(""));
        let length = Duration::from_millis(words.next().unwrap_or("").parse()?);
        let begin = Instant::now();
        let mut operations = 0;
        while begin.elapsed() < length {
            match work {
                ("put", "sequential") => runtime.block_on(self.put_sequentially())?,
                ("put", "concurrent") => runtime.block_on(self.put_concurrently())?,
                ("get", "sequential") => runtime.block_on(self.get_sequentially())?,
                ("get", "concurrent") => runtime.block_on(self.get_concurrently())?,
                _ => return Err(format!("no such work: {request}").into()),
            }
            operations += KEYS;
        }
        Ok(begin.elapsed().as_secs_f64() * 1e6 / operations as f64)
    }
}

async fn all(tasks: Tasks) -> Result<(), Failure> {
    for task in tasks {
        task.await??;
    }
    Ok(())
}

fn check(i: usize, found: &Option<String>) -> Result<(), Failure> {
    match found.is_some() == (i < KEYS) {
        true => Ok(()),
        false => Err(format!("key {i} is there when it should not be, or is not when it should").into()),
    }
}

fn main() -> Result<(), Failure> {
    let connection = std::env::args().nth(1).ok_or("the connection string is missing")?;
    let runtime = runtime::Builder::new_multi_thread().enable_time().enable_io().build()?;
    let store = runtime.block_on(Cuttlestore::new(&connection))?;
    let mut bench = Bench { store, workload: Arc::new(Workload::new()), writes: 0, reads: 0 };
    runtime.block_on(bench.put_sequentially())?;
    for request in io::stdin().lock().lines() {
        let micros = bench.round(&runtime, &request?)?;
        writeln!(io::stdout(), "{micros}")?;
    }
    Ok(())
}
