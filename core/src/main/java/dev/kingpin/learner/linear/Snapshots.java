package dev.kingpin.learner.linear;

import dev.kingpin.data.GroupStats;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Parts of states as bytes: arrays after their length, -1 for what is not there yet. */
final class Snapshots {
  private Snapshots() {}

  static void writeMoments(DataOutput out, @Nullable Moments moments) throws IOException {
    if (moments == null) {
      out.writeInt(-1);
      return;
    }
    out.writeInt(moments.sums().length);
    for (long sum : moments.sums()) {
      out.writeLong(sum);
    }
    for (int j = 0; j < moments.minimum.length; j++) {
      out.writeFloat(moments.minimum[j]);
      out.writeFloat(moments.maximum[j]);
    }
  }

  static @Nullable Moments readMoments(DataInput in, GroupStats group) throws IOException {
    int length = in.readInt();
    if (length < 0) {
      return null;
    }
    long[] sums = new long[length];
    for (int i = 0; i < length; i++) {
      sums[i] = in.readLong();
    }
    float[] minimum = new float[group.minimum().length];
    float[] maximum = new float[minimum.length];
    for (int j = 0; j < minimum.length; j++) {
      minimum[j] = in.readFloat();
      maximum[j] = in.readFloat();
    }
    return new Moments(group, sums, minimum, maximum);
  }

  static void writeDoubles(DataOutput out, double @Nullable [] values) throws IOException {
    if (values == null) {
      out.writeInt(-1);
      return;
    }
    out.writeInt(values.length);
    for (double value : values) {
      out.writeDouble(value);
    }
  }

  static double @Nullable [] readDoubles(DataInput in) throws IOException {
    int length = in.readInt();
    if (length < 0) {
      return null;
    }
    double[] values = new double[length];
    for (int i = 0; i < length; i++) {
      values[i] = in.readDouble();
    }
    return values;
  }

  static void writeLongs(DataOutput out, long @Nullable [] values) throws IOException {
    out.writeInt(values == null ? -1 : values.length);
    if (values != null) {
      for (long value : values) {
        out.writeLong(value);
      }
    }
  }

  static long @Nullable [] readLongs(DataInput in) throws IOException {
    int length = in.readInt();
    if (length < 0) {
      return null;
    }
    long[] values = new long[length];
    for (int i = 0; i < length; i++) {
      values[i] = in.readLong();
    }
    return values;
  }

  static void writeSections(DataOutput out, long @Nullable [] @Nullable [] sections)
      throws IOException {
    out.writeInt(sections == null ? -1 : sections.length);
    if (sections != null) {
      for (long[] section : sections) {
        writeLongs(out, section);
      }
    }
  }

  static long @Nullable [][] readSections(DataInput in) throws IOException {
    int length = in.readInt();
    if (length < 0) {
      return null;
    }
    long[][] sections = new long[length][];
    for (int i = 0; i < length; i++) {
      long[] section = readLongs(in);
      sections[i] = section == null ? new long[0] : section;
    }
    return sections;
  }

  static double[] readRequired(DataInput in) throws IOException {
    double[] values = readDoubles(in);
    if (values == null) {
      throw new IOException("numbers are missing");
    }
    return values;
  }
}
