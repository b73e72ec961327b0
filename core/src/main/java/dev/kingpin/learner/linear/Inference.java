package dev.kingpin.learner.linear;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How uncertain the coefficients of a linear model are, from the information matrix H of its loss
 * at the fit: the sum over rows of weight times x xᵀ, for least squares without a factor, for other
 * losses times their curvature. With dispersion s (1 for logistic regression, the variance of the
 * errors for least squares) and a ridge penalty P, the covariance is that of an estimator which
 * shrinks on purpose,
 *
 * <pre>
 * s (H + P)⁻¹ H (H + P)⁻¹
 * </pre>
 *
 * and {@code s H⁻¹} without a penalty. It tells how the coefficients vary from sample to sample,
 * not how far the penalty has moved them (Hoerl and Kennard, "Ridge Regression", 1970).
 */
final class Inference {
  /** A pivot this small beside its diagonal entry tells of columns that repeat one another. */
  private static final double PIVOT_TOLERANCE = 1e-12;

  private Inference() {}

  /**
   * The covariance of the coefficients.
   *
   * @param information (n, n), row-major, both triangles
   * @param penalty (n) the diagonal of P, in the units of the information: for a penalty on the
   *     mean loss, times the total weight; zeros: no penalty
   * @param dispersion at least 0
   * @return (n, n), symmetric to the bit; null if the columns repeat one another and the penalty
   *     does not tell them apart
   */
  static double @Nullable [] covariance(double[] information, double[] penalty, double dispersion) {
    int n = penalty.length;
    double[] penalised = information.clone();
    boolean ridge = false;
    for (int j = 0; j < n; j++) {
      penalised[j * n + j] += penalty[j];
      ridge |= penalty[j] != 0;
    }
    if (ridge) {
      return sandwich(information, penalised, n, dispersion);
    }
    double[] inverse = inverse(information, n);
    return inverse == null ? null : scaled(inverse, n, dispersion);
  }

  /**
   * The covariance of coefficients that are held by more than a ridge: {@code s B⁻¹ H B⁻¹}.
   *
   * @param information (n, n), row-major, both triangles
   * @param bread (n, n), symmetric: the information and the curvature of what holds coefficients
   * @return (n, n), symmetric to the bit; null if the bread has no inverse
   */
  static double @Nullable [] sandwich(
      double[] information, double[] bread, int n, double dispersion) {
    double[] inverse = inverse(bread, n);
    return inverse == null
        ? null
        : scaled(multiply(multiply(inverse, information, n), inverse, n), n, dispersion);
  }

  private static double[] scaled(double[] covariance, int n, double dispersion) {
    for (int i = 0; i < n * n; i++) {
      covariance[i] *= dispersion;
    }
    mirror(covariance, n);
    return covariance;
  }

  private static double @Nullable [] inverse(double[] a, int n) {
    int[] members = new int[n];
    for (int i = 0; i < n; i++) {
      members[i] = i;
    }
    SubsetCholesky factor = new SubsetCholesky();
    if (factor.factor(a, n, members, n, PIVOT_TOLERANCE) > 0) {
      return null;
    }
    double[] inverse = new double[n * n];
    double[] column = new double[n];
    for (int i = 0; i < n; i++) {
      Arrays.fill(column, 0);
      column[i] = 1;
      factor.solve(column);
      System.arraycopy(column, 0, inverse, i * n, n);
    }
    mirror(inverse, n);
    return inverse;
  }

  private static double[] multiply(double[] a, double[] b, int n) {
    double[] c = new double[n * n];
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < n; k++) {
        double factor = a[i * n + k];
        for (int j = 0; j < n; j++) {
          c[i * n + j] += factor * b[k * n + j];
        }
      }
    }
    return c;
  }

  /** Copies the upper triangle to the lower one. */
  private static void mirror(double[] a, int n) {
    for (int i = 0; i < n; i++) {
      for (int j = i + 1; j < n; j++) {
        a[j * n + i] = a[i * n + j];
      }
    }
  }

  /**
   * The covariance of coefficients for raw columns, from that for columns which were brought to
   * {@code (x - centre) / deviation}: each coefficient is divided by its deviation, and the
   * intercept, which is last, loses {@code Σ coefficient · centre / deviation}.
   *
   * @param covariance (n, n), row-major; not changed
   * @param centre (n - 1)
   * @param deviation (n - 1), above 0
   * @return (n, n), symmetric to the bit
   */
  static double[] ofRawColumns(double[] covariance, double[] centre, double[] deviation) {
    int n = centre.length + 1;
    int last = n - 1;
    double[] raw = covariance.clone();
    for (int i = 0; i < last; i++) {
      for (int j = 0; j < n; j++) {
        raw[i * n + j] /= deviation[i];
        raw[last * n + j] -= centre[i] * raw[i * n + j];
      }
    }
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < last; j++) {
        raw[i * n + j] /= deviation[j];
        raw[i * n + last] -= centre[j] * raw[i * n + j];
      }
    }
    mirror(raw, n);
    return raw;
  }

  /**
   * The covariance of some linear combinations of the coefficients.
   *
   * @param combinations (rows, n), row-major
   * @param covariance (n, n), row-major
   * @return (rows, rows), symmetric to the bit
   */
  static double[] ofCombinations(double[] combinations, int rows, double[] covariance) {
    int n = combinations.length / rows;
    double[] result = new double[rows * rows];
    double[] image = new double[n];
    for (int i = 0; i < rows; i++) {
      Arrays.fill(image, 0);
      for (int k = 0; k < n; k++) {
        double factor = combinations[i * n + k];
        for (int j = 0; j < n; j++) {
          image[j] += factor * covariance[k * n + j];
        }
      }
      for (int r = i; r < rows; r++) {
        for (int j = 0; j < n; j++) {
          result[i * rows + r] += image[j] * combinations[r * n + j];
        }
      }
    }
    mirror(result, rows);
    return result;
  }

  /**
   * The square roots of the diagonal.
   *
   * @param covariance (n, n), row-major
   * @return (n)
   */
  static double[] standardErrors(double[] covariance, int n) {
    double[] errors = new double[n];
    for (int j = 0; j < n; j++) {
      errors[j] = Math.sqrt(Math.max(0, covariance[j * n + j]));
    }
    return errors;
  }
}
