package dev.kingpin.report;

import java.io.StringWriter;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Trees of maps, lists, texts, numbers and truth values as JSON. Numbers that JSON has no word for
 * (NaN, the infinities) become null.
 */
public final class Json {
  private Json() {}

  /** The value as one line. */
  public static String write(@Nullable Object value) {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = new JsonFactory().createGenerator(ObjectWriteContext.empty(), text)) {
      write(value, out);
    }
    return text.toString();
  }

  private static void write(@Nullable Object value, JsonGenerator out) {
    if (value instanceof Map<?, ?> map) {
      out.writeStartObject();
      map.forEach(
          (name, inner) -> {
            out.writeName(String.valueOf(name));
            write(inner, out);
          });
      out.writeEndObject();
    } else if (value instanceof Collection<?> list) {
      out.writeStartArray();
      list.forEach(inner -> write(inner, out));
      out.writeEndArray();
    } else {
      scalar(value, out);
    }
  }

  private static void scalar(@Nullable Object value, JsonGenerator out) {
    if (value instanceof Integer || value instanceof Long) {
      out.writeNumber(((Number) value).longValue());
    } else if (value instanceof Number number && Double.isFinite(number.doubleValue())) {
      out.writeNumber(number.doubleValue());
    } else if (value instanceof Boolean truth) {
      out.writeBoolean(truth);
    } else if (value == null || value instanceof Number) {
      out.writeNull();
    } else {
      out.writeString(value.toString());
    }
  }
}
