package dev.kingpin.store;

import dev.kingpin.data.GroupKey;
import dev.kingpin.data.InputException;
import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Group keys as bytes: for each value its UTF-8 length and bytes, or -1 for NULL. */
final class KeyCodec {
  private static final int NULL = -1;

  private KeyCodec() {}

  static byte[] bytes(GroupKey key) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (String value : key.values()) {
      byte[] text = value == null ? new byte[0] : value.getBytes(StandardCharsets.UTF_8);
      out.writeBytes(ByteBuffer.allocate(4).putInt(value == null ? NULL : text.length).array());
      out.writeBytes(text);
    }
    return out.toByteArray();
  }

  static GroupKey key(byte[] bytes) {
    List<@Nullable String> values = new ArrayList<>();
    ByteBuffer in = ByteBuffer.wrap(bytes);
    try {
      while (in.hasRemaining()) {
        int length = in.getInt();
        if (length == NULL) {
          values.add(null);
        } else {
          byte[] text = new byte[length];
          in.get(text);
          values.add(new String(text, StandardCharsets.UTF_8));
        }
      }
    } catch (BufferUnderflowException | NegativeArraySizeException e) {
      throw new InputException("A group key is damaged.", e);
    }
    return new GroupKey(values);
  }
}
