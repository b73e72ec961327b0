package dev.kingpin.learner.linear;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The answer of a part of the rows to a {@link SgdRequest}. */
final class SgdPartial {
  final @Nullable SgdCounts counts;
  final float[] gradient; // (weight rows, trials * outputs), or empty: of the sum of losses
  final double[] losses; // (trials), or empty
  int rows; // that the gradient is of

  private SgdPartial(@Nullable SgdCounts counts, int weights, int losses) {
    this.counts = counts;
    gradient = new float[weights];
    this.losses = new double[losses];
  }

  /** An empty answer. */
  static SgdPartial of(SgdRequest request) {
    if (request instanceof SgdRequest.OfCounts counts) {
      return new SgdPartial(new SgdCounts(counts.group(), counts.loss(), counts.mask()), 0, 0);
    }
    SgdRequest.OfWeights asked = (SgdRequest.OfWeights) request;
    return asked.judges()
        ? new SgdPartial(null, 0, asked.trials())
        : new SgdPartial(null, asked.weights().length, 0);
  }

  void add(SgdPartial other) {
    if (counts != null && other.counts != null) {
      counts.add(other.counts);
    }
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] += other.gradient[i];
    }
    for (int t = 0; t < losses.length; t++) {
      losses[t] += other.losses[t];
    }
    rows += other.rows;
  }

  void write(DataOutput out) throws IOException {
    if (counts != null) {
      counts.write(out);
    }
    for (float slope : gradient) {
      out.writeFloat(slope);
    }
    for (double loss : losses) {
      out.writeDouble(loss);
    }
    out.writeInt(rows);
  }

  static SgdPartial read(SgdRequest request, DataInput in) throws IOException {
    SgdPartial partial = of(request);
    if (partial.counts != null) {
      partial.counts.read(in);
    }
    for (int i = 0; i < partial.gradient.length; i++) {
      partial.gradient[i] = in.readFloat();
    }
    for (int t = 0; t < partial.losses.length; t++) {
      partial.losses[t] = in.readDouble();
    }
    partial.rows = in.readInt();
    return partial;
  }
}
