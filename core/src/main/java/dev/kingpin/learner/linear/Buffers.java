package dev.kingpin.learner.linear;

import dev.kingpin.data.GroupStats;
import dev.kingpin.data.RowBlock;
import dev.kingpin.kernel.Kernels;
import dev.kingpin.kernel.Scratch;
import dev.kingpin.learner.RowMask;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Arrays of one worker that outlive a row block; they grow to the largest design seen. */
final class Buffers {
  final Kernels kernels;
  final Scratch scratch = new Scratch();
  final Panels panels = new Panels(this);
  final int[] rows = new int[RowBlock.ROWS]; // rows of a block, one side or fold after the other
  int[] foldStarts = new int[2]; // (folds + 1): first of a fold in rows

  private double[] blockSums = new double[0];
  private int[] ints = new int[0];
  private float[][] floats = new float[0][];
  private double[][] doubles = new double[0][];
  private @Nullable GroupStats rangesOf;
  private Moments.@Nullable Ranges ranges;

  Buffers(Kernels kernels) {
    this.kernels = kernels;
  }

  /** At least {@code length} doubles, contents undefined. */
  double[] blockSums(int length) {
    if (blockSums.length < length) {
      blockSums = new double[length];
    }
    return blockSums;
  }

  /** The i-th float array, at least {@code length} long, contents undefined. */
  float[] floats(int i, int length) {
    if (floats.length <= i) {
      floats = Arrays.copyOf(floats, i + 1);
    }
    if (floats[i] == null || floats[i].length < length) {
      floats[i] = new float[length];
    }
    return floats[i];
  }

  /** At least {@code length} ints, contents undefined. */
  int[] ints(int length) {
    if (ints.length < length) {
      ints = new int[length];
    }
    return ints;
  }

  /** The i-th double array, at least {@code length} long, contents undefined. */
  double[] doubles(int i, int length) {
    if (doubles.length <= i) {
      doubles = Arrays.copyOf(doubles, i + 1);
    }
    if (doubles[i] == null || doubles[i].length < length) {
      doubles[i] = new double[length];
    }
    return doubles[i];
  }

  @SuppressWarnings("ReferenceEquality") // equal statistics of another group are no hit
  Moments.Ranges ranges(GroupStats group) {
    if (ranges == null || rangesOf != group) {
      ranges = new Moments.Ranges(group);
      rangesOf = group;
    }
    return ranges;
  }

  /**
   * Lists the rows of a block fold by fold in {@link #rows}, in order within a fold, and the first
   * of each fold in {@link #foldStarts}. Folds beyond {@code folds} count as fold 0.
   */
  void splitFolds(RowBlock block, int folds) {
    if (foldStarts.length <= folds) {
      foldStarts = new int[folds + 1];
    }
    byte[] fold = block.fold();
    int from = block.offset();
    Arrays.fill(foldStarts, 0, folds + 1, 0);
    for (int r = 0; r < block.rows(); r++) {
      foldStarts[fold[from + r] < folds ? fold[from + r] : 0]++;
    }
    int start = 0;
    for (int f = 0; f <= folds; f++) {
      int count = foldStarts[f];
      foldStarts[f] = start;
      start += f < folds ? count : 0;
    }
    for (int r = 0; r < block.rows(); r++) {
      rows[foldStarts[fold[from + r] < folds ? fold[from + r] : 0]++] = r;
    }
    System.arraycopy(foldStarts, 0, foldStarts, 1, folds);
    foldStarts[0] = 0;
  }

  /**
   * Lists the rows of one fold in {@link #rows}, in order. Folds beyond {@code folds} count as fold
   * 0.
   *
   * @return how many there are
   */
  int listFold(RowBlock block, int wanted, int folds) {
    byte[] fold = block.fold();
    int from = block.offset();
    int count = 0;
    for (int r = 0; r < block.rows(); r++) {
      rows[count] = r;
      int own = fold[from + r] < folds ? fold[from + r] : 0;
      count += own == wanted ? 1 : 0;
    }
    return count;
  }

  /**
   * Lists the rows of a block that are learned from, then the others, in {@link #rows}.
   *
   * @return how many are learned from
   */
  int splitRows(RowBlock block, RowMask mask) {
    int fit = 0;
    for (int r = 0; r < block.rows(); r++) {
      if (mask.fits(block.fold()[block.offset() + r])) {
        rows[fit++] = r;
      }
    }
    int held = fit;
    for (int r = 0; r < block.rows(); r++) {
      if (!mask.fits(block.fold()[block.offset() + r])) {
        rows[held++] = r;
      }
    }
    return fit;
  }
}
