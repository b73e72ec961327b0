package dev.kingpin.kernel;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Scores of rows by several models. The scores of two vectors of rows by four models stay in
 * registers while columns run through.
 *
 * <p>The loops are written out by hand for the reason that {@link VectorTile} gives.
 */
final class VectorScores {

  private static final VectorSpecies<Float> SPECIES = VectorTile.SPECIES;
  private static final int LANES = VectorTile.LANES;

  /** Models of a tile. */
  private static final int MODELS = 4;

  /** Columns that all rows run through before the next columns, so that they stay in the cache. */
  private static final int DEPTH = 64;

  private final float[] x;
  private final int xAt;
  private final int xStride;
  private final float[] weights;
  private final int width;
  private final float[] scores;
  private final int scoresAt;
  private final int scoresStride;
  private int first; // column
  private int depth; // columns from there on

  private VectorScores(Columns x, float[] weights, Columns scores) {
    this.x = x.values();
    xAt = x.offset();
    xStride = x.stride();
    this.weights = weights;
    width = x.count() + 1;
    this.scores = scores.values();
    scoresAt = scores.offset();
    scoresStride = scores.stride();
  }

  static void run(Columns x, float[] weights, Columns scores) {
    int height = x.height();
    for (int t = 0; t < scores.count(); t++) {
      int at = scores.start(t);
      float intercept = weights[t * (x.count() + 1) + x.count()];
      Arrays.fill(scores.values(), at, at + height, intercept);
    }
    VectorScores tiles = new VectorScores(x, weights, scores);
    for (int j = 0; j < x.count(); j += DEPTH) {
      tiles.first = j;
      tiles.depth = Math.min(DEPTH, x.count() - j);
      tiles.add(scores.count(), height);
    }
  }

  private void add(int models, int height) {
    int t = 0;
    for (; t + MODELS <= models; t += MODELS) {
      for (int i = 0; i < height; i += 2 * LANES) {
        models4(t, i);
      }
    }
    for (; t < models; t++) {
      for (int i = 0; i < height; i += 2 * LANES) {
        models1(t, i);
      }
    }
  }

  private void models4(int t, int i) {
    float[] p = x;
    float[] w = weights;
    float[] to = scores;
    int at = xAt + first * xStride + i;
    int step = xStride;
    int w0 = t * width + first;
    int w1 = w0 + width;
    int w2 = w1 + width;
    int w3 = w2 + width;
    int o0 = scoresAt + t * scoresStride + i;
    int o1 = o0 + scoresStride;
    int o2 = o1 + scoresStride;
    int o3 = o2 + scoresStride;
    FloatVector a0 = FloatVector.fromArray(SPECIES, to, o0);
    FloatVector b0 = FloatVector.fromArray(SPECIES, to, o0 + LANES);
    FloatVector a1 = FloatVector.fromArray(SPECIES, to, o1);
    FloatVector b1 = FloatVector.fromArray(SPECIES, to, o1 + LANES);
    FloatVector a2 = FloatVector.fromArray(SPECIES, to, o2);
    FloatVector b2 = FloatVector.fromArray(SPECIES, to, o2 + LANES);
    FloatVector a3 = FloatVector.fromArray(SPECIES, to, o3);
    FloatVector b3 = FloatVector.fromArray(SPECIES, to, o3 + LANES);
    for (int j = 0; j < depth; j++) {
      FloatVector x0 = FloatVector.fromArray(SPECIES, p, at);
      FloatVector x1 = FloatVector.fromArray(SPECIES, p, at + LANES);
      FloatVector u = FloatVector.broadcast(SPECIES, w[w0 + j]);
      a0 = u.fma(x0, a0);
      b0 = u.fma(x1, b0);
      u = FloatVector.broadcast(SPECIES, w[w1 + j]);
      a1 = u.fma(x0, a1);
      b1 = u.fma(x1, b1);
      u = FloatVector.broadcast(SPECIES, w[w2 + j]);
      a2 = u.fma(x0, a2);
      b2 = u.fma(x1, b2);
      u = FloatVector.broadcast(SPECIES, w[w3 + j]);
      a3 = u.fma(x0, a3);
      b3 = u.fma(x1, b3);
      at += step;
    }
    a0.intoArray(to, o0);
    b0.intoArray(to, o0 + LANES);
    a1.intoArray(to, o1);
    b1.intoArray(to, o1 + LANES);
    a2.intoArray(to, o2);
    b2.intoArray(to, o2 + LANES);
    a3.intoArray(to, o3);
    b3.intoArray(to, o3 + LANES);
  }

  private void models1(int t, int i) {
    float[] p = x;
    float[] w = weights;
    float[] to = scores;
    int at = xAt + first * xStride + i;
    int step = xStride;
    int w0 = t * width + first;
    int o0 = scoresAt + t * scoresStride + i;
    FloatVector a0 = FloatVector.fromArray(SPECIES, to, o0);
    FloatVector b0 = FloatVector.fromArray(SPECIES, to, o0 + LANES);
    for (int j = 0; j < depth; j++) {
      FloatVector x0 = FloatVector.fromArray(SPECIES, p, at);
      FloatVector x1 = FloatVector.fromArray(SPECIES, p, at + LANES);
      FloatVector u = FloatVector.broadcast(SPECIES, w[w0 + j]);
      a0 = u.fma(x0, a0);
      b0 = u.fma(x1, b0);
      at += step;
    }
    a0.intoArray(to, o0);
    b0.intoArray(to, o0 + LANES);
  }
}
