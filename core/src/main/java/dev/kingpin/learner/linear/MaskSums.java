package dev.kingpin.learner.linear;

import dev.kingpin.learner.RowMask;

/**
 * What was summed up before fits start, fold by fold: whole Gram matrices, or of wide designs only
 * what scaling takes.
 *
 * @param whole whether these are Gram matrices
 * @param sections as of {@link GramRows} or of {@link ColumnRows}
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record MaskSums(boolean whole, Design design, int targets, long[][] sections) {
  static MaskSums of(LinearRequest request, LinearPartial partial) {
    long[][] sections = new long[partial.sections.length][];
    for (int s = 0; s < sections.length; s++) {
      sections[s] = partial.sections[s].clone();
    }
    if (request instanceof LinearRequest.OfGram gram) {
      return new MaskSums(true, gram.design(), gram.targets(), sections);
    }
    LinearRequest.OfColumns columns = (LinearRequest.OfColumns) request;
    return new MaskSums(false, columns.design(), columns.targets(), sections);
  }

  long rows(RowMask mask) {
    return whole ? gram().rows(mask) : ColumnRows.rows(sections, mask);
  }

  /** Products of columns on the rows that a mask learns from; of two design columns if whole. */
  Products products(RowMask mask) {
    return whole
        ? Products.of(gram().matrix(mask), gram().size())
        : ColumnRows.products(design, targets, sections, mask);
  }

  private Gram gram() {
    return new Gram(design, targets, sections);
  }
}
