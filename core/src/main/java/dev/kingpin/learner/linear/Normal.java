package dev.kingpin.learner.linear;

import dev.kingpin.kernel.ColumnKernels;
import dev.kingpin.kernel.Kernels;
import dev.kingpin.learner.RowMask;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Least squares on the rows of one mask, from their Gram matrix. Statistics are standardised, not
 * rows: with {@code C} the correlations of the active columns and {@code c} their covariances with
 * the target over their deviations, coefficients minimise
 *
 * <pre>
 * 1/2 b'Cb - c'b + l1 |b| + l2/2 |b|² + toward/2 |b - prior|²
 * </pre>
 *
 * so one Gram matrix serves all penalties: those without lasso by Cholesky, side by side (Hoerl and
 * Kennard, "Ridge Regression", 1970), the others by coordinate descent (Friedman, Hastie and
 * Tibshirani, "Regularization Paths for Generalized Linear Models via Coordinate Descent", 2010).
 * The intercept, taken at the means of the columns, is apart from all coefficients.
 */
final class Normal {
  /** A pivot this small beside its diagonal entry tells of columns that repeat one another. */
  private static final double PIVOT_TOLERANCE = 1e-10;

  /** Penalties that kernels solve best together. */
  private static final int SIDE_BY_SIDE = 8;

  /** Eigenvectors cost as much as so many Cholesky factors. */
  private static final int MANY_PENALTIES = 28;

  private static final double DESCENT_TOLERANCE = 1e-22;
  private static final int MAX_SWEEPS = 100_000;

  private static final int GRAM = 0; // numbers of buffers
  private static final int CORRELATIONS = 1;
  private static final int SYSTEMS = 2;

  private final Buffers buffers;
  private final Design design;
  private final Scaling scaling;
  private final int[] active;
  private final double[] correlations; // (active, active) or longer
  private final double[] covariances; // (active): with the target, over the column's deviation
  private final double targetMean;
  private final double targetSquare; // mean of the squared target
  private final double @Nullable [] priorWeights; // (columns + 1), in design coordinates
  private final double @Nullable [] prior; // (active + 1), in coordinates of the scaling

  /**
   * @param sums of the design, with one target
   * @param prior the parent's weights in design coordinates, or null
   * @param buffers memory that this uses as long as it lives
   */
  Normal(Gram sums, RowMask mask, double @Nullable [] prior, Buffers buffers) {
    this.buffers = buffers;
    design = sums.design();
    priorWeights = prior;
    int size = sums.size();
    double[] gram = buffers.doubles(GRAM, size * size);
    sums.fill(mask, gram);
    int ones = size - 2;
    int target = size - 1;
    scaling = Scaling.of(design, Products.of(gram, size));
    this.prior = prior == null ? null : scaling.coordinates(prior, 1);
    active = scaling.activeColumns();
    double weight = scaling.weight;
    targetMean = gram[ones * size + target] / weight;
    targetSquare = gram[target * size + target] / weight;
    int k = active.length;
    correlations = buffers.doubles(CORRELATIONS, k * k);
    covariances = new double[k];
    for (int i = 0; i < k; i++) {
      int p = active[i];
      double di = scaling.deviation[p];
      covariances[i] = (gram[p * size + target] / weight - scaling.mean[p] * targetMean) / di;
      correlations[i * k + i] = 1;
      for (int j = i + 1; j < k; j++) {
        int q = active[j];
        double covariance = gram[p * size + q] / weight - scaling.mean[p] * scaling.mean[q];
        double correlation = covariance / (di * scaling.deviation[q]);
        correlations[i * k + j] = correlation;
        correlations[j * k + i] = correlation;
      }
    }
  }

  /**
   * A solution.
   *
   * @param weights in design coordinates, the intercept last; null if there is none
   * @param coefficients (active columns), standardised
   * @param bias of the answer at the means of the columns, which a parent may pull from the mean
   */
  record Solution(
      double @Nullable [] weights,
      double objective,
      double @Nullable [] coefficients,
      double bias) {}

  /** How far the weights of a solution can be trusted; null if that cannot be told. */
  @Nullable Errors errors(Solution solution, Penalty penalty, long rows) {
    double[] b = solution.coefficients();
    if (b == null) {
      return null;
    }
    int k = active.length;
    double[] place = Arrays.copyOf(b, k + 1);
    double[] hessian = new double[(k + 1) * (k + 1)];
    double bias = solution.bias();
    double squared = targetSquare - targetMean * targetMean + bias * bias;
    int used = 1;
    for (int i = 0; i < k; i++) {
      System.arraycopy(correlations, i * k, hessian, i * (k + 1), k);
      double row = -2 * covariances[i];
      for (int j = 0; j < k; j++) {
        row += correlations[i * k + j] * b[j];
      }
      squared += b[i] * row;
      used += penalty.l1() > 0 && b[i] == 0 ? 0 : 1;
    }
    hessian[hessian.length - 1] = 1;
    double degrees = rows - used;
    if (!(degrees > 0)) {
      return null;
    }
    double dispersion = Math.max(0, squared) * rows / degrees;
    return new Covariances(design, scaling, rows, design.targets.unit())
        .errors(place, hessian, null, penalty, dispersion, degrees);
  }

  /** The solutions for several penalties. */
  Solution[] solve(List<Penalty> penalties) {
    double[] @Nullable [] coefficients = new double[penalties.size()][];
    int[] ridge = new int[penalties.size()];
    int count = 0;
    boolean curved = true;
    for (int s = 0; s < penalties.size(); s++) {
      if (penalties.get(s).l1() == 0) {
        ridge[count++] = s;
        curved &= penalties.get(s).curvature() > 0;
      }
    }
    if (count < penalties.size()) {
      descend(penalties, coefficients);
    }
    if (curved && count >= MANY_PENALTIES) {
      rotate(penalties, Arrays.copyOf(ridge, count), coefficients);
    } else {
      for (int from = 0; from < count; from += SIDE_BY_SIDE) {
        int to = Math.min(from + SIDE_BY_SIDE, count);
        factor(penalties, Arrays.copyOfRange(ridge, from, to), coefficients);
      }
    }
    Solution[] solutions = new Solution[penalties.size()];
    for (int s = 0; s < solutions.length; s++) {
      solutions[s] = solution(coefficients[s], penalties.get(s));
    }
    return solutions;
  }

  /** Ridge by Cholesky, several penalties side by side. */
  private void factor(List<Penalty> penalties, int[] ridge, double[] @Nullable [] coefficients) {
    int k = active.length;
    int batch = ridge.length;
    double[] a = buffers.doubles(SYSTEMS, ColumnKernels.triangle(k) * batch);
    double[] b = new double[k * batch];
    for (int i = 0, to = 0; i < k; i++) {
      int diagonal = to;
      for (int j = i; j < k; j++) {
        double correlation = correlations[i * k + j];
        for (int s = 0; s < batch; s++) {
          a[to++] = correlation;
        }
      }
      for (int s = 0; s < batch; s++) {
        Penalty penalty = penalties.get(ridge[s]);
        a[diagonal + s] += penalty.curvature();
        b[i * batch + s] = covariances[i] + penalty.toward() * prior(i);
      }
    }
    boolean[] failed = new boolean[batch];
    Kernels.best().choleskySolve(a, b, k, batch, PIVOT_TOLERANCE, failed);
    for (int s = 0; s < batch; s++) {
      coefficients[ridge[s]] = failed[s] ? null : column(b, s, batch);
    }
  }

  /** Ridge for many penalties: in the directions of the eigenvectors each is a division. */
  private void rotate(List<Penalty> penalties, int[] ridge, double[] @Nullable [] coefficients) {
    int k = active.length;
    SymmetricEigen eigen = new SymmetricEigen(Arrays.copyOf(correlations, k * k), k);
    for (int s : ridge) {
      Penalty penalty = penalties.get(s);
      double[] b = covariances.clone();
      for (int i = 0; i < k; i++) {
        b[i] += penalty.toward() * prior(i);
      }
      coefficients[s] = eigen.solve(b, penalty.curvature());
    }
  }

  private static double[] column(double[] values, int column, int columns) {
    double[] result = new double[values.length / columns];
    for (int i = 0; i < result.length; i++) {
      result[i] = values[i * columns + column];
    }
    return result;
  }

  /** Goes from the strongest lasso to the weakest, each from where the one before ended. */
  private void descend(List<Penalty> penalties, double[] @Nullable [] coefficients) {
    int[] path =
        IntStream.range(0, penalties.size())
            .filter(s -> penalties.get(s).l1() > 0)
            .boxed()
            .sorted(Comparator.comparingDouble(s -> -penalties.get(s).l1()))
            .mapToInt(s -> s)
            .toArray();
    int k = active.length;
    double[] a = Arrays.copyOf(correlations, k * k);
    double[] b = new double[k];
    double[] l1 = new double[k];
    double[] x = new double[k];
    ElasticNet net = new ElasticNet(a, b);
    double curvature = 0;
    for (int s : path) {
      Penalty penalty = penalties.get(s);
      for (int i = 0; i < k; i++) {
        a[i * k + i] = 1 + penalty.curvature();
        b[i] = covariances[i] + penalty.toward() * prior(i);
        l1[i] = penalty.l1();
      }
      if (penalty.curvature() != curvature) {
        curvature = penalty.curvature();
        net.renew();
      }
      boolean found = net.solve(l1, x, DESCENT_TOLERANCE, MAX_SWEEPS);
      coefficients[s] = found ? x.clone() : null;
    }
  }

  /** The i-th coordinate of the parent. */
  private double prior(int i) {
    return prior == null ? 0 : prior[i];
  }

  private Solution solution(double @Nullable [] coefficients, Penalty penalty) {
    if (coefficients == null) {
      return new Solution(null, Double.NaN, null, 0);
    }
    int k = active.length;
    double[] place = Arrays.copyOf(coefficients, k + 1);
    double at = prior(k);
    boolean leans = penalty.toward() > 0;
    place[k] = (targetMean + penalty.toward() * at) / (1 + penalty.toward());
    double pulled = (place[k] - at) * (place[k] - at);
    double bias = place[k] - targetMean;
    double objective = objective(coefficients, place[k], penalty, pulled);
    double[] weights = scaling.weights(place, 1, leans ? priorWeights : null);
    return new Solution(weights, objective, coefficients, bias);
  }

  /** At the solution its gradient is 0, which gives the products with the correlations away. */
  private double objective(double[] b, double intercept, Penalty penalty, double pulled) {
    int k = active.length;
    double bias = intercept - targetMean;
    double square = targetSquare - targetMean * targetMean + bias * bias;
    double length = 0;
    double sizes = 0;
    double pull = pulled;
    for (int i = 0; i < k; i++) {
      double pulls = penalty.toward() * prior(i) - penalty.curvature() * b[i];
      double row = pulls - covariances[i] - penalty.l1() * Math.signum(b[i]);
      square += b[i] * row;
      length += b[i] * b[i];
      sizes += Math.abs(b[i]);
      double away = b[i] - prior(i);
      pull += away * away;
    }
    return Math.max(0, square) / 2
        + penalty.l1() * sizes
        + penalty.l2() * length / 2
        + penalty.toward() * pull / 2;
  }
}
