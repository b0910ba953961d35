package io.cuttlestore.reliability;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Carries out one trial: its attempts one after the other, until one fails. */
final class TrialRun {
    private final Trial trial;
    private final int attempts;
    private final long seed;
    private final Site site;
    private int made;

    private TrialRun(Trial trial, int attempts, long seed, Site site) {
        this.trial = trial;
        this.attempts = attempts;
        this.seed = seed;
        this.site = site;
    }

    /** Is told how many attempts were made. */
    @FunctionalInterface
    interface Watcher {
        void attempted(int made, int all);
    }

    /** Runs it in a folder made for it within another. */
    static Outcome of(Trial trial, Torture.Terms terms, Watcher watcher) throws IOException {
        Path folder = Files.createTempDirectory(terms.folder(), trial.name());
        try {
            Site site = new Site(folder, new Tally(), terms.quick());
            return new TrialRun(trial, terms.attempts(trial), terms.seed(), site).run(watcher);
        } finally {
            Folders.delete(folder);
        }
    }

    private Outcome run(Watcher watcher) {
        long begin = System.nanoTime();
        String failure = null;
        String leftOut = null;
        try (Trial.Session session = trial.ground().prepare(site)) {
            failure = attempt(session, watcher);
        } catch (LeftOutException e) {
            leftOut = e.getMessage();
        } catch (Exception | Error e) {
            String also = "before or after its attempts: " + Failure.text(e);
            failure = failure == null ? also : failure + "\n" + also;
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        return new Outcome(
                trial.name(), trial.passes(), made, seed, seconds, site.tally().counts(), failure, leftOut);
    }

    /** The first attempt has the seed itself, so that the seed of a failed one repeats it. */
    private @Nullable String attempt(Trial.Session session, Watcher watcher) {
        SplittableRandom seeds = new SplittableRandom(seed);
        long next = seed;
        while (made < attempts) {
            watcher.attempted(made, attempts);
            made++;
            try {
                session.attempt(next);
            } catch (Exception | Error e) {
                return "attempt " + made + ": " + Failure.text(e) + "\n  Again: ./torture --only=" + trial.name()
                        + " --attempts=1 --seed=" + next;
            }
            next = seeds.nextLong();
        }
        return null;
    }
}
