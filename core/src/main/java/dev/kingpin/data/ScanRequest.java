package dev.kingpin.data;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one pass over a table is to bring.
 *
 * @param numbers columns to read as doubles (any type but TEXT)
 * @param categories columns to read as dictionary codes (any type; a number, boolean or date gets
 *     the text that the source itself casts it to, so key 007 of a text column stays "007")
 * @param where a condition in the source's own language that rows must meet, or null for all rows
 */
public record ScanRequest(List<String> numbers, List<String> categories, @Nullable String where) {
  public ScanRequest {
    numbers = List.copyOf(numbers);
    categories = List.copyOf(categories);
  }
}
