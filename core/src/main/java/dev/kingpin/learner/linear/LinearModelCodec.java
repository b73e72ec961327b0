package dev.kingpin.learner.linear;

import dev.kingpin.data.Features;
import dev.kingpin.learner.Model;
import dev.kingpin.learner.ModelCodec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * A linear model as bytes: whether logistic, the intercept, three numbers for each numeric feature,
 * then for each categorical feature its levels and their weights. Big-endian.
 */
final class LinearModelCodec implements ModelCodec {
  @Override
  public void write(Model model, DataOutput out) throws IOException {
    LinearModel linear = (LinearModel) model;
    out.writeBoolean(linear.logistic());
    out.writeDouble(linear.intercept());
    for (int j = 0; j < linear.coefficients().length; j++) {
      out.writeDouble(linear.coefficients()[j]);
      out.writeFloat(linear.means()[j]);
      out.writeDouble(linear.indicators()[j]);
    }
    for (int c = 0; c < linear.levels().length; c++) {
      out.writeInt(linear.levels()[c].length);
      for (int i = 0; i < linear.levels()[c].length; i++) {
        out.writeInt(linear.levels()[c][i]);
        out.writeDouble(linear.levelWeights()[c][i]);
      }
    }
  }

  @Override
  public Model read(DataInput in, Features features) throws IOException {
    boolean logistic = in.readBoolean();
    double intercept = in.readDouble();
    int numeric = features.numeric().size();
    double[] coefficients = new double[numeric];
    float[] means = new float[numeric];
    double[] indicators = new double[numeric];
    for (int j = 0; j < numeric; j++) {
      coefficients[j] = in.readDouble();
      means[j] = in.readFloat();
      indicators[j] = in.readDouble();
    }
    int categories = features.categorical().size();
    int[][] levels = new int[categories][];
    double[][] levelWeights = new double[categories][];
    for (int c = 0; c < categories; c++) {
      int count = in.readInt();
      levels[c] = new int[count];
      levelWeights[c] = new double[count];
      for (int i = 0; i < count; i++) {
        levels[c][i] = in.readInt();
        levelWeights[c][i] = in.readDouble();
      }
    }
    return new LinearModel(
        features, logistic, intercept, coefficients, means, indicators, levels, levelWeights);
  }
}
