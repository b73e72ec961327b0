package dev.kingpin.engine.walled;

import dev.kingpin.data.Feature;
import dev.kingpin.data.Features;
import dev.kingpin.engine.TrainJob;
import dev.kingpin.learner.Config;
import dev.kingpin.learner.Fit;
import java.util.List;

/**
 * How many bytes the state of a chain of linear fits by sgd or adam takes, by a formula. Every
 * level of every category must be seen in the group, no number may be missing, and no fit may run
 * away.
 *
 * @param numeric features
 * @param levels of all categorical features, NULL among them
 * @param columns of the design and the intercept
 * @param outputs of a fit
 * @param epochs (fits) that each learns
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record StochasticState(
    int numeric, int levels, int columns, int outputs, boolean isAdam, int[] epochs) {
  private static final int INT = 4;
  private static final long LONG = 8;

  static StochasticState of(TrainJob job, List<Fit> fits) {
    Features features = job.table().features();
    int levels = 0;
    for (Feature.Categorical category : features.categorical()) {
      levels += category.dictionary().size() + 1;
    }
    int numeric = features.numeric().size();
    int classes = job.table().target().classes().size();
    Config first = fits.get(0).config();
    return new StochasticState(
        numeric,
        levels,
        numeric + levels - features.categorical().size() + 1,
        classes > 2 ? classes : 1,
        first.text("solver", "sgd").equals("adam"),
        fits.stream().mapToInt(f -> (int) f.config().number("epochs", 10)).toArray());
  }

  /** One fit, with so many epochs. */
  StochasticState learning(int times) {
    return new StochasticState(numeric, levels, columns, outputs, isAdam, new int[] {times});
  }

  int fits() {
    return epochs.length;
  }

  /** The epoch in which all are judged: after one that counts, and those that learn. */
  int last() {
    int most = 0;
    for (int own : epochs) {
      most = Math.max(most, own);
    }
    return most + 1;
  }

  /**
   * While an epoch is under way.
   *
   * @param epoch from 0, in which rows are counted; {@link #last} also when all is done
   */
  long bytes(int epoch) {
    return epoch == 0 ? counts() : counts() + progress(live(epoch));
  }

  private int live(int epoch) {
    int live = 0;
    for (int own : epochs) {
      live += own >= epoch ? 1 : 0;
    }
    return live;
  }

  /** Sums and ranges of the columns on both sides of the mask, and the classes of their rows. */
  private long counts() {
    int side = 4 + 4 * numeric + 2 * levels;
    return 1 + array(2 * side) + LONG * numeric + array(2 * outputs);
  }

  /** Losses, who still learns, the ends of the others, the weights and what steers them. */
  private long progress(int live) {
    int fits = fits();
    int own = columns * outputs;
    int width = live > 0 ? live : fits;
    int steering = isAdam && live > 0 ? live * own : 0;
    return INT
        + 1
        + array(fits)
        + INT * (1L + live)
        + live * array(0)
        + (fits - live) * array(own)
        + array(width * own)
        + 2 * array(steering)
        + 2 * LONG;
  }

  /** Of eight bytes an entry, after their number. */
  private static long array(int length) {
    return INT + LONG * length;
  }
}
