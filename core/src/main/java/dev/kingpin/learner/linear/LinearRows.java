package dev.kingpin.learner.linear;

import dev.kingpin.data.RowBlock;
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
        + ". Maybe leave out categorical features with many values";
  }

  static LinearPartial partial(LinearRequest request, @Nullable LinearPartial reuse) {
    if (request instanceof LinearRequest.OfMoments moments) {
      int[] lengths = {Moments.length(moments.group().features())};
      return LinearPartial.of(lengths, moments.group().minimum().length, reuse);
    }
    if (request instanceof LinearRequest.OfGram gram) {
      return LinearPartial.of(GramRows.lengths(gram.design()), 0, reuse);
    }
    LinearRequest.OfLogistic logistic = (LinearRequest.OfLogistic) request;
    return LinearPartial.of(LogisticSums.lengths(logistic), 0, reuse);
  }

  static void accumulate(
      LinearRequest request, RowBlock block, LinearPartial partial, Workspace workspace) {
    Buffers buffers = workspace.buffers(Buffers.class, Buffers::new);
    if (request instanceof LinearRequest.OfMoments moments) {
      Moments.accumulate(moments.group(), moments.mask(), block, partial, buffers);
    } else if (request instanceof LinearRequest.OfGram gram) {
      GramRows.accumulate(gram, block, partial, buffers);
    } else if (request instanceof LinearRequest.OfLogistic logistic) {
      LogisticSums.accumulate(logistic, block, partial, buffers);
    }
  }
}
