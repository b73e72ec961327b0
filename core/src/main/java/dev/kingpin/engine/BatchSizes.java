package dev.kingpin.engine;

import dev.kingpin.data.RowBlock;
import dev.kingpin.learner.BatchTrainer;
import dev.kingpin.learner.Wire;
import dev.kingpin.plan.Steps;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/**
 * What an epoch of a chain would send if the rows of its batches lay on several workers.
 *
 * @param folds (rows), in the order in which chains visit them
 */
record BatchSizes<S, Q, P>(BatchTrainer<S, Q, P> trainer, byte[] folds) {
  /** Of a message beside its body. */
  static final int MESSAGE = 17;

  /** Tells which rows a batch has. */
  private static final int SPAN = 8;

  /** The number of a part. */
  private static final int PART = 4;

  /** The epoch that comes next, should it take no time. */
  Steps next(S state) {
    int batches = trainer.learns(state) ? batches(state) : 1;
    Q first = trainer.ask(state, true);
    double bytes = request(first) + (batches - 1.0) * request(trainer.ask(state, false));
    P answer = trainer.partial(first, null);
    long partial = length(out -> trainer.writePartial(first, answer, out));
    return new Steps(1, 0, 0, 0, bytes / batches, MESSAGE + PART + partial, batches);
  }

  private int batches(S state) {
    int batches = 0;
    for (int from = 0; from < folds.length; from += RowBlock.ROWS) {
      int rows = Math.min(RowBlock.ROWS, folds.length - from);
      batches += trainer.batches(state, folds, from, rows).length - 1;
    }
    return Math.max(1, batches);
  }

  private long request(Q request) {
    return MESSAGE + SPAN + length(out -> trainer.writeRequest(request, out));
  }

  /** Writes something of a {@link Wire}. */
  interface Writing {
    void to(DataOutputStream out) throws IOException;
  }

  /** Bytes that are written. */
  static long length(Writing writing) {
    try (DataOutputStream out = new DataOutputStream(OutputStream.nullOutputStream())) {
      writing.to(out);
      return out.size();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
