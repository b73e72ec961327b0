package dev.kingpin.learner.toy;

import dev.kingpin.data.Features;
import dev.kingpin.data.RowBlock;
import dev.kingpin.learner.Model;
import dev.kingpin.learner.ModelCodec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;

/**
 * A weighted sum of numeric features, each brought into [-1, 1] by its range.
 *
 * @param weights (numeric features + 1), the intercept last
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record SgdModel(float[] low, float[] high, double zero, double unit, double[] weights)
    implements Model {

  static SgdModel constant(Features features, double value) {
    int width = features.numeric().size();
    return new SgdModel(new float[width], new float[width], value, 0, new double[width + 1]);
  }

  /** What the weights make of a row. */
  static double sum(RowBlock block, int row, float[] low, float[] high, double[] weights) {
    double sum = weights[weights.length - 1];
    for (int j = 0; j < block.width(); j++) {
      sum += weights[j] * input(block, row, low, high, j);
    }
    return sum;
  }

  static double input(RowBlock block, int row, float[] low, float[] high, int feature) {
    float value = block.numeric()[block.numericOffset() + row * block.width() + feature];
    double range = (double) high[feature] - low[feature];
    return Float.isNaN(value) || !(range > 0) ? 0 : 2 * ((double) value - low[feature]) / range - 1;
  }

  @Override
  public void predict(RowBlock block, double[] predictions) {
    for (int r = 0; r < block.rows(); r++) {
      predictions[r] = unit == 0 ? zero : zero + unit * sum(block, r, low, high, weights);
    }
  }

  @Override
  public Map<String, Object> describe() {
    return Map.of("weights", weights.clone());
  }

  /** Keeps all numbers of a model, in order. */
  static final class Codec implements ModelCodec {
    @Override
    public void write(Model model, DataOutput out) throws IOException {
      SgdModel sgd = (SgdModel) model;
      NumberArrays.writeFloats(out, sgd.low);
      NumberArrays.writeFloats(out, sgd.high);
      out.writeDouble(sgd.zero);
      out.writeDouble(sgd.unit);
      NumberArrays.writeDoubles(out, sgd.weights);
    }

    @Override
    public Model read(DataInput in, Features features) throws IOException {
      float[] low = NumberArrays.readFloats(in);
      float[] high = NumberArrays.readFloats(in);
      double zero = in.readDouble();
      double unit = in.readDouble();
      double[] weights = new double[low.length + 1];
      NumberArrays.readDoubles(in, weights);
      return new SgdModel(low, high, zero, unit, weights);
    }
  }
}
