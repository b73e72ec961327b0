package dev.kingpin.data;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** States and messages as bytes: big-endian, arrays after their length. */
public final class Bytes {
  private Bytes() {}

  /** Writes what becomes bytes. */
  public interface Writer {
    void write(DataOutput out) throws IOException;
  }

  /** Reads what has become bytes. */
  public interface Reader<T> {
    T read(DataInputStream in) throws IOException;
  }

  /** What a writer writes. */
  public static byte[] write(Writer writer) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      writer.write(new DataOutputStream(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** What a reader makes of bytes. */
  public static <T> T read(byte[] bytes, Reader<T> reader) {
    try {
      return reader.read(new DataInputStream(new ByteArrayInputStream(bytes)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes an array after its length. */
  public static void writeArray(byte[] array, DataOutput out) throws IOException {
    out.writeInt(array.length);
    out.write(array);
  }

  /** Reads an array that stands after its length. */
  public static byte[] readArray(DataInputStream in) throws IOException {
    byte[] array = new byte[in.readInt()];
    in.readFully(array);
    return array;
  }
}
