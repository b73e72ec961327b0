package dev.kingpin;

import dev.kingpin.data.Parallel;
import dev.kingpin.data.TableEncoder;
import dev.kingpin.engine.RunListener;
import dev.kingpin.engine.RunOptions;
import dev.kingpin.engine.local.Sideline;
import dev.kingpin.query.ResolvedQuery;
import dev.kingpin.tune.Candidates;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Trains models of made-up rows while the real ones are read.
 *
 * <p>A JVM starts slowly: loops are interpreted until they have run often enough to be compiled,
 * and an interpreted vector operation takes a thousand times as long as a compiled one. So the same
 * query is trained meanwhile on small groups of random numbers, by the same code, with as many
 * features and the same configs. When the rows are there, the loops that matter are compiled.
 *
 * <p>A rehearsal has a table, states and models of its own, and none of them is kept: no result can
 * depend on it. A JVM rehearses once, before its first run, and not at all on a single processor,
 * where it would only hold up the reading. What goes wrong in it goes wrong in silence, since the
 * run itself will meet the same.
 */
final class Rehearsal implements AutoCloseable {
  private static final int MAX_ROUNDS = 50;
  private static final double NO_SNAPSHOTS = Double.POSITIVE_INFINITY;
  private static final AtomicBoolean HELD = new AtomicBoolean();

  private final ResolvedQuery query;
  private final Candidates candidates;
  private @Nullable Sideline sideline;
  private volatile boolean over;

  private Rehearsal(ResolvedQuery query, Candidates candidates) {
    this.query = query;
    this.candidates = candidates;
  }

  /** Starts to rehearse, if this is the first run of a JVM with processors to spare. */
  static Rehearsal beforeFirstRun(ResolvedQuery query, Candidates candidates) {
    Rehearsal rehearsal = new Rehearsal(query, candidates);
    if (Runtime.getRuntime().availableProcessors() > 1 && HELD.compareAndSet(false, true)) {
      rehearsal.sideline = Sideline.start("kingpin-rehearsal", rehearsal::rehearse);
    }
    return rehearsal;
  }

  private void rehearse() {
    TrainRun run = run(query, candidates);
    for (int round = 0; round < MAX_ROUNDS && !over; round++) {
      run.train(run.memory());
    }
  }

  /** A run of the query on rows of the same shape, which are made up. */
  static TrainRun run(ResolvedQuery query, Candidates candidates) {
    MadeUpRows rows = new MadeUpRows(query.encoding());
    return new TrainRun(
        query,
        candidates,
        TableEncoder.read(rows.table(), rows.encoding(), Parallel.ALONE, (read, expected) -> {}),
        "made-up rows",
        new RunOptions(1, false, false, NO_SNAPSHOTS),
        RunListener.NONE);
  }

  /** Ends the rehearsal, at the latest when the group in work is done; waits for nothing. */
  @Override
  public void close() {
    over = true;
    if (sideline != null) {
      sideline.close();
    }
  }
}
