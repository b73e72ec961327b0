package dev.kingpin.learner.linear;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * From the curvature of a mean loss at a fit to standard errors of the weights that users see. Row
 * weights count as shares: with their mean as 1, the information of all rows is the mean's times
 * the number of rows. Coefficients that a lasso holds at zero are not estimated; the errors of the
 * others are those of a fit of these columns alone.
 */
final class Covariances {
  private final Design design;
  private final Scaling scaling;
  private final int[] active;
  private final int width; // active columns and the intercept
  private final long rows;
  private final double unit; // of the scores, in units of the target

  Covariances(Design design, Scaling scaling, long rows, double unit) {
    this.design = design;
    this.scaling = scaling;
    this.rows = rows;
    this.unit = unit;
    active = scaling.activeColumns();
    width = active.length + 1;
  }

  /**
   * Standard errors by the normal distribution or Student's t.
   *
   * @param place standardised coefficients, the intercept last, for each output: (outputs * width)
   * @param hessian of the mean loss there: (outputs * width, outputs * width)
   * @param held the same, with curvature where the loss does not tell models apart: in those
   *     directions coefficients do not vary; null if there are none
   * @param penalty of the fit
   * @param dispersion variance of the target around the model, in units of the loss
   * @param degrees of freedom; infinity for the normal distribution
   */
  @Nullable Errors errors(
      double[] place,
      double[] hessian,
      double @Nullable [] held,
      Penalty penalty,
      double dispersion,
      double degrees) {
    int[] kept = kept(place, penalty.l1() > 0);
    int n = kept.length;
    double[] information = part(hessian, kept, place.length);
    double[] ridge = new double[n];
    double[] bread = part(held == null ? hessian : held, kept, place.length);
    for (int i = 0; i < n; i++) {
      boolean intercept = kept[i] % width == width - 1;
      ridge[i] = rows * (penalty.toward() + (intercept ? 0 : penalty.l2()));
      bread[i * n + i] += ridge[i];
    }
    double[] covariance =
        held == null
            ? Inference.covariance(information, ridge, dispersion)
            : Inference.sandwich(information, bread, n, dispersion);
    if (covariance == null) {
      return null;
    }
    int outputs = place.length / width;
    double[][] byOutput = new double[outputs][];
    for (int k = 0; k < outputs; k++) {
      byOutput[k] = toDesign(block(covariance, kept, k));
    }
    return Errors.of(design, byOutput, unit, degrees);
  }

  /** What all rows together tell of some coordinates: (kept, kept). */
  private double[] part(double[] hessian, int[] kept, int m) {
    int n = kept.length;
    double[] part = new double[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        part[i * n + j] = rows * hessian[kept[i] * m + kept[j]];
      }
    }
    return part;
  }

  /** Coordinates that were estimated: all but the coefficients that a lasso holds at zero. */
  private int[] kept(double[] place, boolean lasso) {
    int[] kept = new int[place.length];
    int count = 0;
    for (int i = 0; i < place.length; i++) {
      if (!lasso || i % width == width - 1 || place[i] != 0) {
        kept[count++] = i;
      }
    }
    return Arrays.copyOf(kept, count);
  }

  /** The covariance of one output: (width, width), NaN where nothing was estimated. */
  private double[] block(double[] covariance, int[] kept, int output) {
    double[] block = new double[width * width];
    Arrays.fill(block, Double.NaN);
    int n = kept.length;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        if (kept[i] / width == output && kept[j] / width == output) {
          block[kept[i] % width * width + kept[j] % width] = covariance[i * n + j];
        }
      }
    }
    return block;
  }

  /**
   * From standardised coordinates to weights of the design: coefficients are divided by deviations,
   * and the intercept moves from the means of the columns to their zero.
   */
  private double[] toDesign(double[] block) {
    int columns = design.columns();
    int size = columns + 1;
    double[] result = new double[size * size];
    Arrays.fill(result, Double.NaN);
    double[] shift = new double[width]; // what the intercept takes of each coordinate
    for (int i = 0; i < active.length; i++) {
      boolean known = !Double.isNaN(block[i * width + i]);
      shift[i] = known ? -scaling.mean[active[i]] / scaling.deviation[active[i]] : 0;
    }
    shift[active.length] = 1;
    for (int i = 0; i < active.length; i++) {
      double across = 0;
      for (int j = 0; j < width; j++) {
        across += shift[j] == 0 ? 0 : shift[j] * block[i * width + j];
      }
      double own = 1 / scaling.deviation[active[i]];
      result[active[i] * size + columns] = across * own;
      result[columns * size + active[i]] = across * own;
      for (int j = 0; j < active.length; j++) {
        result[active[i] * size + active[j]] =
            block[i * width + j] * own / scaling.deviation[active[j]];
      }
    }
    double intercept = 0;
    for (int i = 0; i < width; i++) {
      for (int j = 0; j < width; j++) {
        double factor = shift[i] * shift[j];
        intercept += factor == 0 ? 0 : factor * block[i * width + j];
      }
    }
    result[size * size - 1] = intercept;
    return result;
  }
}
