package dev.kingpin.learner.linear;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LbfgsMemoryTest {
  private static final int N = 6;

  private final Random random = new Random(4);
  private final Quadratics problem = Quadratics.plain(50, N, 2);

  private double[] gaussian() {
    double[] v = new double[N];
    for (int j = 0; j < N; j++) {
      v[j] = random.nextGaussian();
    }
    return v;
  }

  private double[] change(double[] move) {
    SimpleMatrix a = new SimpleMatrix(N, N, true, problem.a());
    return a.mult(new SimpleMatrix(N, 1, true, move)).getDDRM().getData();
  }

  /** (I - s yᵀ / yᵀs) H (I - y sᵀ / yᵀs) + s sᵀ / yᵀs for each pair. */
  private static SimpleMatrix dense(List<double[][]> pairs, double[] diagonal) {
    double[][] last = pairs.get(pairs.size() - 1);
    SimpleMatrix d = SimpleMatrix.diag(diagonal);
    SimpleMatrix y = new SimpleMatrix(N, 1, true, last[1]);
    SimpleMatrix h =
        d.scale(LbfgsMemory.dot(last[0], last[1]) / y.transpose().mult(d).mult(y).get(0));
    for (double[][] pair : pairs) {
      SimpleMatrix s = new SimpleMatrix(N, 1, true, pair[0]);
      y = new SimpleMatrix(N, 1, true, pair[1]);
      double product = s.dot(y);
      SimpleMatrix v = SimpleMatrix.identity(N).minus(y.mult(s.transpose()).divide(product));
      h = v.transpose().mult(h).mult(v).plus(s.mult(s.transpose()).divide(product));
    }
    return h;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void agreesWithTheDenseFormula(boolean conditioned) {
    double[] diagonal = {1, 1, 1, 1, 1, 1};
    if (conditioned) {
      diagonal = new double[] {1, 2, 3, 0.1, 0.2, 0.3};
    }
    LbfgsMemory memory = new LbfgsMemory(4, conditioned ? diagonal : null);
    List<double[][]> pairs = new ArrayList<>();
    for (int k = 0; k < 7; k++) {
      double[] move = gaussian();
      pairs.add(new double[][] {move, change(move)});
      memory.add(move, change(move));
      List<double[][]> kept = pairs.subList(Math.max(0, pairs.size() - 4), pairs.size());
      double[] v = gaussian();
      double[] expected =
          dense(kept, diagonal).mult(new SimpleMatrix(N, 1, true, v)).getDDRM().getData();
      memory.apply(v);
      assertThat(v).usingComparatorWithPrecision(1e-11).containsExactly(expected);
    }
  }

  @Test
  void aMoveAlongWhichTheGradientDidNotGrowIsNotKept() {
    LbfgsMemory memory = new LbfgsMemory(4, null);
    double[] move = gaussian();
    double[] change = change(move);
    for (int j = 0; j < N; j++) {
      change[j] = -change[j];
    }
    memory.add(move, change);
    memory.add(move, new double[N]);
    memory.add(new double[N], change);
    double[] nan = new double[N];
    Arrays.fill(nan, Double.NaN);
    memory.add(move, nan);
    assertThat(memory.isEmpty()).isTrue();
  }

  @Test
  void withoutMovesItIsTheDiagonal() {
    double[] v = {1, 2, 3, 4, 5, 6};
    new LbfgsMemory(4, null).apply(v);
    assertThat(v).containsExactly(1, 2, 3, 4, 5, 6);
    LbfgsMemory memory = new LbfgsMemory(4, new double[] {2, 2, 2, 3, 3, 3});
    double[] move = gaussian();
    memory.add(move, change(move));
    memory.clear();
    memory.apply(v);
    assertThat(v).containsExactly(2, 4, 6, 12, 15, 18);
  }
}
