package dev.kingpin.learner.toy;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Arrays of numbers as bytes. */
final class NumberArrays {
  private NumberArrays() {}

  static void writeFloats(DataOutput out, float[] values) throws IOException {
    out.writeInt(values.length);
    for (float value : values) {
      out.writeFloat(value);
    }
  }

  static float[] readFloats(DataInput in) throws IOException {
    float[] values = new float[in.readInt()];
    for (int i = 0; i < values.length; i++) {
      values[i] = in.readFloat();
    }
    return values;
  }

  static void writeDoubles(DataOutput out, double[] values) throws IOException {
    for (double value : values) {
      out.writeDouble(value);
    }
  }

  static void readDoubles(DataInput in, double[] values) throws IOException {
    for (int i = 0; i < values.length; i++) {
      values[i] = in.readDouble();
    }
  }
}
