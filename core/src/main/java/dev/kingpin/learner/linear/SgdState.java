package dev.kingpin.learner.linear;

import dev.kingpin.data.GroupStats;
import dev.kingpin.learner.Chain;
import dev.kingpin.learner.Config;
import dev.kingpin.learner.Fit;
import dev.kingpin.learner.RowMask;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * State of a chain of stochastic fits. There are three phases: epoch 0 gathers {@link Moments};
 * then come as many epochs as the fits ask for, each fit leaving when it has had its own; a last
 * epoch sums the losses of all ends.
 */
final class SgdState {
  /** What the epoch at hand does. */
  enum Phase {
    COUNT,
    LEARN,
    JUDGE,
    DONE
  }

  final Chain chain;
  final GroupStats group;
  final Loss loss;
  final RowMask mask;
  final SgdConfig[] configs; // (fits)
  final int outputs;

  final SgdCounts counts;
  final double[] classWeights; // of the counts
  @Nullable Moments moments;
  @Nullable Design design;
  @Nullable Scaling scaling;
  @Nullable SgdColumns columns;
  SgdRequest.@Nullable Brief brief;

  int epochs; // learned from
  int[] live = new int[0]; // fits that still learn, ascending
  @Nullable SgdWeights weights; // of the live fits, or of all fits if there is none
  final double[] @Nullable [] ends; // (fits): (rows, outputs), of fits that have ended well
  final double[] losses; // (fits): summed over the rows learned from
  boolean judged;

  SgdState(Chain chain, GroupStats group) {
    this.chain = chain;
    this.group = group;
    List<Fit> fits = chain.fits();
    mask = fits.get(0).mask();
    configs = fits.stream().map(f -> SgdConfig.of(f.config())).toArray(SgdConfig[]::new);
    Config first = fits.get(0).config();
    loss = Loss.of(chain.task(), group, first.text(LinearLearner.LOSS, LinearLearner.SQUARED));
    outputs = loss.outputs(group);
    counts = new SgdCounts(group, loss, mask);
    classWeights = counts.classWeights;
    ends = new double[fits.size()][];
    losses = new double[fits.size()];
  }

  Phase phase() {
    if (moments == null) {
      return Phase.COUNT;
    }
    if (weights == null) {
      return Phase.DONE;
    }
    if (live.length > 0) {
      return Phase.LEARN;
    }
    return judged ? Phase.DONE : Phase.JUDGE;
  }

  /** Whether there is nothing to learn from, or too much: then no fit has a model. */
  @Nullable String obstacle() {
    if (loss == Loss.POISSON && group.targetMinimum() + group.targetOffset() < 0) {
      return "a Poisson model needs targets of 0 or more, but there is "
          + (group.targetMinimum() + group.targetOffset());
    }
    if (moments != null && moments.rows(Moments.FIT) == 0) {
      return "no rows are left to learn from. Maybe hold out fewer";
    }
    if (design != null && design.columns() > SgdColumns.MOST) {
      return "the design has %,d columns, more than %,d. Maybe leave out categorical features"
          .formatted(design.columns(), SgdColumns.MOST);
    }
    return null;
  }

  /** Goes on from epoch 0: all fits start from the model without coefficients. */
  void know(Moments known) {
    moments = known;
    design = Design.of(known);
    if (obstacle() != null) {
      return;
    }
    scaling = Scaling.of(design, known);
    int batch = configs[0].batch();
    columns = new SgdColumns(design, scaling, batch);
    brief = new SgdRequest.Brief(known, batch, mask, loss, design, columns);
    live = IntStream.range(0, configs.length).toArray();
    weights = new SgdWeights(columns.rows, live.length * outputs, configs[0].adam());
    double[] start = new SgdStart(this, known).scores();
    for (int f = 0; f < live.length; f++) {
      int at = columns.intercept * weights.width + f * outputs;
      System.arraycopy(start, 0, weights.values, at, outputs);
    }
  }

  /** Most rows of a batch. */
  int batch() {
    long rows = moments == null ? 0 : moments.rows(Moments.FIT);
    return (int) Math.max(1, Math.min(configs[0].batch(), rows));
  }

  /** What one unit of the scaled target is in units of the target. */
  double unit() {
    return loss == Loss.SQUARED ? TargetScale.of(group).unit() : 1;
  }

  Penalty penalty(int fit) {
    long rows = moments == null ? 0 : moments.rows(Moments.FIT);
    return Penalty.of(chain.fits().get(fit).config(), rows, unit(), false);
  }

  /** How the columns of the live fits step. */
  SgdWeights.Pace pace() {
    double rateUnit = moments == null ? 1 : new SgdStart(this, moments).rateUnit(configs[0].adam());
    double[][] pace = new double[3][live.length * outputs];
    for (int f = 0; f < live.length; f++) {
      int from = f * outputs;
      Penalty penalty = penalty(live[f]);
      Arrays.fill(pace[0], from, from + outputs, rateUnit * configs[live[f]].rate());
      Arrays.fill(pace[1], from, from + outputs, penalty.l1());
      Arrays.fill(pace[2], from, from + outputs, penalty.l2());
    }
    return new SgdWeights.Pace(pace[0], pace[1], pace[2]);
  }

  /** An epoch of learning has ended: some fits have had theirs, others have run away. */
  void endOfLearning() {
    SgdWeights learned = weights;
    if (learned == null) {
      throw new IllegalStateException("The rows have not been counted");
    }
    epochs++;
    int[] kept = new int[live.length];
    int count = 0;
    for (int p = 0; p < live.length; p++) {
      int fit = live[p];
      boolean isSound = learned.isFinite(p * outputs, outputs);
      if (isSound && configs[fit].epochs() <= epochs) {
        ends[fit] = learned.columns(p * outputs, outputs);
      } else if (isSound) {
        kept[count++] = p;
      }
    }
    if (count < live.length) {
      int[] places = Arrays.copyOf(kept, count);
      int[] before = live;
      live = IntStream.of(places).map(p -> before[p]).toArray();
      weights = count == 0 ? endsTogether(learned.rows) : learned.keep(places, outputs);
    }
  }

  /** The ends of all fits side by side; zeros where there is none. */
  private SgdWeights endsTogether(int rows) {
    SgdWeights all = new SgdWeights(rows, ends.length * outputs, false);
    for (int f = 0; f < ends.length; f++) {
      double[] end = ends[f];
      if (end != null) {
        all.setColumns(f * outputs, end, outputs);
      }
    }
    return all;
  }

  // ---------------------------------------------------------------- bytes

  void write(DataOutput out) throws IOException {
    out.writeBoolean(moments != null);
    Snapshots.writeMoments(out, moments == null ? Moments.of(group, counts.sums) : moments);
    Snapshots.writeDoubles(out, classWeights);
    if (weights == null) {
      return;
    }
    out.writeInt(epochs);
    out.writeBoolean(judged);
    Snapshots.writeDoubles(out, losses);
    out.writeInt(live.length);
    for (int fit : live) {
      out.writeInt(fit);
    }
    for (double[] end : ends) {
      Snapshots.writeDoubles(out, end);
    }
    weights.write(out);
  }

  void read(DataInput in) throws IOException {
    boolean known = in.readBoolean();
    Moments kept = Snapshots.readMoments(in, group);
    copy(Snapshots.readRequired(in), classWeights);
    if (kept == null) {
      throw new IOException("moments are missing");
    }
    if (!known) {
      recount(kept);
      return;
    }
    know(kept);
    if (weights != null) {
      readProgress(in, weights.rows);
    }
  }

  private void recount(Moments kept) {
    System.arraycopy(kept.sums(), 0, counts.sums.sections[0], 0, kept.sums().length);
    System.arraycopy(kept.minimum, 0, counts.sums.minimum, 0, kept.minimum.length);
    System.arraycopy(kept.maximum, 0, counts.sums.maximum, 0, kept.maximum.length);
  }

  private void readProgress(DataInput in, int rows) throws IOException {
    epochs = in.readInt();
    judged = in.readBoolean();
    copy(Snapshots.readRequired(in), losses);
    live = new int[in.readInt()];
    for (int p = 0; p < live.length; p++) {
      live[p] = in.readInt();
    }
    for (int f = 0; f < ends.length; f++) {
      ends[f] = Snapshots.readDoubles(in);
    }
    boolean learns = live.length > 0;
    int fits = learns ? live.length : ends.length;
    SgdWeights left = new SgdWeights(rows, fits * outputs, learns && configs[0].adam());
    left.read(in);
    weights = left;
  }

  private static void copy(double[] from, double[] to) {
    System.arraycopy(from, 0, to, 0, to.length);
  }
}
