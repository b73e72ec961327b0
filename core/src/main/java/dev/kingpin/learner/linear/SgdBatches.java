package dev.kingpin.learner.linear;

import dev.kingpin.data.GroupStats;
import dev.kingpin.data.RowBlock;
import dev.kingpin.learner.BatchTrainer;
import dev.kingpin.learner.RowMask;
import dev.kingpin.learner.RowState;
import dev.kingpin.learner.Workspace;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Stochastic fits whose batches lie on several workers: weights go to the rows, gradients come back
 * and are added up, the step is taken at the owner. The batches are those of {@link SgdRows#learn}.
 */
final class SgdBatches implements BatchTrainer<SgdState, SgdRequest, SgdPartial> {
  @Override
  public boolean learns(SgdState state) {
    return state.phase() == SgdState.Phase.LEARN;
  }

  @Override
  public int[] batches(SgdState state, byte[] fold, int from, int rows) {
    RowMask mask = state.mask;
    int fit = 0;
    for (int r = from; r < from + rows; r++) {
      fit += mask.fits(fold[r]) ? 1 : 0;
    }
    int batches = SgdRows.batches(fit, state.batch());
    int[] starts = new int[batches + 1];
    starts[batches] = rows;
    int seen = 0;
    for (int r = 0, b = 0; r < rows && b < batches; r++) {
      if (mask.fits(fold[from + r])) {
        if (seen == SgdRows.first(b, batches, fit)) {
          starts[b++] = r;
        }
        seen++;
      }
    }
    return starts;
  }

  @Override
  public SgdRequest ask(SgdState state, boolean first) {
    if (state.phase() == SgdState.Phase.COUNT) {
      return new SgdRequest.OfCounts(state.group, state.loss, state.mask);
    }
    SgdWeights weights = state.weights;
    if (state.brief == null || weights == null) {
      throw new IllegalStateException("The rows have not been counted");
    }
    float[] packed = new float[weights.rows * weights.width];
    weights.pack(state.brief.columns(), packed);
    int trials = weights.width / state.outputs;
    return new SgdRequest.OfWeights(state.brief, first, !learns(state), trials, packed);
  }

  @Override
  public SgdPartial partial(SgdRequest request, @Nullable SgdPartial reuse) {
    return SgdPartial.of(request);
  }

  @Override
  public void accumulate(
      SgdRequest request,
      RowBlock block,
      RowState rowState,
      SgdPartial partial,
      Workspace workspace) {
    Buffers buffers = workspace.buffers(Buffers.class, Buffers::new);
    if (partial.counts != null) {
      partial.counts.add(block, buffers);
    } else if (request instanceof SgdRequest.OfWeights asked) {
      SgdRows rows = new SgdRows(asked.brief().columns(), asked.loss(), block, buffers);
      if (asked.judges()) {
        rows.addLosses(asked.weights(), partial.losses);
      } else {
        partial.rows += rows.addGradient(asked.weights(), partial.gradient);
      }
    }
  }

  @Override
  public void merge(SgdPartial into, SgdPartial from) {
    into.add(from);
  }

  @Override
  public void tell(SgdState state, SgdPartial partial) {
    if (partial.counts != null) {
      state.counts.add(partial.counts);
    } else if (learns(state)) {
      step(state, partial);
    } else {
      for (int f = 0; f < state.losses.length; f++) {
        state.losses[f] += partial.losses[f];
      }
    }
  }

  private static void step(SgdState state, SgdPartial partial) {
    if (state.columns == null || state.weights == null) {
      throw new IllegalStateException("The rows have not been counted");
    }
    double inverse = 1 / (partial.rows * SgdTrainer.meanWeight(state));
    double share = partial.rows / (double) state.batch();
    state.weights.step(state.columns, state.pace(), partial.gradient, inverse, share);
  }

  // ---------------------------------------------------------------- bytes

  @Override
  public void writeRequest(SgdRequest request, DataOutput out) throws IOException {
    SgdRequest.write(request, out);
  }

  @Override
  public SgdRequest readRequest(DataInput in, GroupStats group, @Nullable SgdRequest last)
      throws IOException {
    return SgdRequest.read(in, group, last);
  }

  @Override
  public void writePartial(SgdRequest request, SgdPartial partial, DataOutput out)
      throws IOException {
    partial.write(out);
  }

  @Override
  public SgdPartial readPartial(SgdRequest request, DataInput in) throws IOException {
    return SgdPartial.read(request, in);
  }
}
