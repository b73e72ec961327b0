package dev.kingpin.learner.toy;

import dev.kingpin.data.Features;
import dev.kingpin.data.RowBlock;
import dev.kingpin.learner.Model;
import dev.kingpin.learner.ModelCodec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Adds a value for a row's bin in each round. */
record BinnedModel(Bins bins, double zero, double unit, List<float[]> rounds) implements Model {
  static final float START = 0.5f;

  static BinnedModel constant(Features features, double value) {
    float[] none = new float[features.numeric().size()];
    return new BinnedModel(new Bins(none, none), value, 0, List.of());
  }

  @Override
  public void predict(RowBlock block, double[] predictions) {
    for (int r = 0; r < block.rows(); r++) {
      float score = 0;
      for (int round = 0; round < rounds.size(); round++) {
        score += rounds.get(round)[bins.bin(block, r, Bins.feature(block, round))];
      }
      predictions[r] = unit == 0 ? zero : zero + unit * (START + score);
    }
  }

  @Override
  public Map<String, Object> describe() {
    return Map.of("rounds", rounds.size());
  }

  /** Keeps all numbers of a model, in order. */
  static final class Codec implements ModelCodec {
    @Override
    public void write(Model model, DataOutput out) throws IOException {
      BinnedModel binned = (BinnedModel) model;
      out.writeDouble(binned.zero);
      out.writeDouble(binned.unit);
      NumberArrays.writeFloats(out, binned.bins.low());
      NumberArrays.writeFloats(out, binned.bins.high());
      out.writeInt(binned.rounds.size());
      for (float[] values : binned.rounds) {
        NumberArrays.writeFloats(out, values);
      }
    }

    @Override
    public Model read(DataInput in, Features features) throws IOException {
      double zero = in.readDouble();
      double unit = in.readDouble();
      Bins bins = new Bins(NumberArrays.readFloats(in), NumberArrays.readFloats(in));
      List<float[]> rounds = new ArrayList<>();
      for (int left = in.readInt(); left > 0; left--) {
        rounds.add(NumberArrays.readFloats(in));
      }
      return new BinnedModel(bins, zero, unit, rounds);
    }
  }
}
