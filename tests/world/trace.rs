//! What happened, step by step: printed when a promise breaks, compared when a seed is replayed.

const TAIL: usize = 60;

#[derive(Clone, Debug, Default)]
pub struct Trace {
    lines: Vec<String>,
    steps: usize,
}

impl Trace {
    /// A new step at this moment of the server's clock.
    pub fn step(&mut self, now_ms: i64, what: String) {
        self.steps += 1;
        let since = now_ms - crate::app::START.millis();
        self.lines
            .push(format!("{:>4} {:>12} ms  {what}", self.steps, since));
    }

    /// What a step did.
    pub fn note(&mut self, what: String) {
        self.lines.push(format!("                       {what}"));
    }

    pub fn lines(&self) -> &[String] {
        &self.lines
    }

    /// The last of it; all, where one seed alone was asked for.
    pub fn tail(&self) -> String {
        let is_alone = crate::runs::asked_for().is_some_and(|seeds| seeds.end - seeds.start == 1);
        let from = if is_alone {
            0
        } else {
            self.lines.len().saturating_sub(TAIL)
        };
        self.lines[from..].join("\n")
    }
}
