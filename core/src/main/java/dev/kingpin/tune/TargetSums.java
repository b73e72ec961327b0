package dev.kingpin.tune;

import dev.kingpin.data.GroupStats;
import dev.kingpin.data.RowBlock;
import dev.kingpin.learner.RowMask;
import dev.kingpin.learner.RowScan;
import dev.kingpin.learner.RowState;
import dev.kingpin.learner.Workspace;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Weights and targets of a group, fold by fold: what a model needs to know that always gives the
 * same answer. Sums of every row block are kept apart, as in {@link Scoring}.
 */
public final class TargetSums implements RowScan<TargetSums.Request, double[][]> {
  /** The one scan of this kind. */
  public static final TargetSums SCAN = new TargetSums();

  private TargetSums() {}

  /**
   * What to sum up.
   *
   * @param folds number of folds, the one that is never held out included
   * @param classes number of classes; 0 for numbers
   * @param blocks row blocks of the group
   */
  public record Request(int folds, int classes, int blocks) {
    int width() {
      return 1 + Math.max(1, classes);
    }
  }

  /** Sums of a block (folds, 1 + classes or 1); a block that was not seen has none. */
  @Override
  public double[][] partial(Request request, double @Nullable [][] reuse) {
    return new double[request.blocks()][];
  }

  @Override
  public void accumulate(
      Request request, RowBlock block, RowState state, double[][] sums, Workspace workspace) {
    double[] own = new double[request.folds() * request.width()];
    float[] weights = block.weight();
    for (int r = block.offset(); r < block.offset() + block.rows(); r++) {
      double w = weights == null ? 1 : weights[r];
      float y = block.target()[r];
      int at = block.fold()[r] * request.width();
      own[at] += w;
      if (request.classes() > 0) {
        own[at + 1 + (int) y] += w;
      } else {
        own[at + 1] += w * y;
      }
    }
    sums[block.number()] = own;
  }

  @Override
  public void merge(double[][] into, double[][] from) {
    for (int b = 0; b < into.length; b++) {
      into[b] = into[b] == null ? from[b] : into[b];
    }
  }

  /**
   * The mean target, or the share of each class, of the rows that a mask learns from.
   *
   * @return (1) or (classes)
   */
  public static double[] mean(Request request, double[][] sums, RowMask mask) {
    double[] mean = new double[request.width() - 1];
    double weight = 0;
    for (double[] block : sums) {
      for (int fold = 0; fold < request.folds(); fold++) {
        if (mask.fits(fold)) {
          weight += block[fold * request.width()];
          for (int k = 0; k < mean.length; k++) {
            mean[k] += block[fold * request.width() + 1 + k];
          }
        }
      }
    }
    for (int k = 0; k < mean.length; k++) {
      mean[k] /= weight;
    }
    return mean;
  }

  @Override
  public void writeRequest(Request request, DataOutput out) throws IOException {
    out.writeInt(request.folds());
    out.writeInt(request.classes());
    out.writeInt(request.blocks());
  }

  @Override
  public Request readRequest(DataInput in, GroupStats group, @Nullable Request last)
      throws IOException {
    return new Request(in.readInt(), in.readInt(), in.readInt());
  }

  @Override
  public void writePartial(Request request, double[][] sums, DataOutput out) throws IOException {
    out.writeInt((int) Arrays.stream(sums).filter(s -> s != null).count());
    for (int b = 0; b < sums.length; b++) {
      if (sums[b] != null) {
        out.writeInt(b);
        for (double sum : sums[b]) {
          out.writeDouble(sum);
        }
      }
    }
  }

  @Override
  public double[][] readPartial(Request request, DataInput in) throws IOException {
    double[][] sums = partial(request, null);
    for (int left = in.readInt(); left > 0; left--) {
      double[] own = new double[request.folds() * request.width()];
      sums[in.readInt()] = own;
      for (int i = 0; i < own.length; i++) {
        own[i] = in.readDouble();
      }
    }
    return sums;
  }
}
