package dev.kingpin.learner.linear;

import dev.kingpin.data.RowBlock;
import dev.kingpin.learner.Chain;
import dev.kingpin.learner.Fit;
import dev.kingpin.learner.Workspace;
import org.jspecify.annotations.Nullable;

/** What rows answer to the requests of linear chains, whichever chain asks. */
final class LinearRows {
  static final String COLLINEAR =
      "some columns repeat others, so coefficients are not unique. Maybe use l2 above 0";

  private LinearRows() {}

  static String tooWide(@Nullable Design design) {
    int columns = design == null ? 0 : design.columns();
    return "the design has "
        + columns
        + " columns, more than "
        + Design.MAX_COLUMNS
        + ". Maybe use solver lbfgs, or leave out categorical features with many values";
  }

  /** Folds that the masks of a chain tell apart, the one that is never held out included. */
  static int folds(Chain chain) {
    int last = 0;
    for (Fit fit : chain.fits()) {
      last = Math.max(last, fit.mask().heldOut());
    }
    return 1 + Math.max(0, last);
  }

  static LinearPartial partial(LinearRequest request, @Nullable LinearPartial reuse) {
    if (request instanceof LinearRequest.OfLevels levels) {
      return LinearPartial.of(new int[] {Levels.count(levels.group().features())}, 0, reuse);
    }
    if (request instanceof LinearRequest.OfGram gram) {
      return LinearPartial.of(GramRows.lengths(gram), 0, reuse);
    }
    if (request instanceof LinearRequest.OfColumns columns) {
      return LinearPartial.of(ColumnRows.lengths(columns), 0, reuse);
    }
    return LinearPartial.of(LossSums.lengths((LinearRequest.OfLoss) request), 0, reuse);
  }

  static void accumulate(
      LinearRequest request, RowBlock block, LinearPartial partial, Workspace workspace) {
    Buffers buffers = workspace.buffers(Buffers.class, Buffers::new);
    if (request instanceof LinearRequest.OfLevels) {
      Levels.accumulate(block, partial.sections[0]);
    } else if (request instanceof LinearRequest.OfGram gram) {
      GramRows.accumulate(gram, block, partial, buffers);
    } else if (request instanceof LinearRequest.OfColumns columns) {
      ColumnRows.accumulate(columns, block, partial, buffers);
    } else if (request instanceof LinearRequest.OfLoss loss) {
      LossSums.accumulate(loss, block, partial, buffers);
    }
  }
}
