package dev.kingpin.duckdb;

import dev.kingpin.data.InputException;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The first line of a CSV file: the names of its columns and the character between them. Both come
 * from this line alone, so that they never depend on the rows that happen to come first.
 *
 * @param names unique when case is ignored; a name that comes again gets the ending _1, _2, ...
 * @param delimiter the one of {@code , ; tab |} that the line holds most often
 */
record CsvHeader(List<String> names, char delimiter) {
  private static final String DELIMITERS = ",;\t|";
  private static final int LONGEST = 1 << 22;

  /**
   * Reads the first line of a file.
   *
   * @param delimiter the delimiter, or null to find it
   */
  static CsvHeader read(Path file, @Nullable Character delimiter) {
    String line = firstLine(file);
    if (line.isBlank()) {
      throw new InputException(
          file.getFileName()
              + " starts with an empty line instead of the names of its columns."
              + " Maybe the file is empty, or lines have to be removed from its top.");
    }
    char between = delimiter != null ? delimiter : mostFrequent(line);
    List<String> names = split(line, between);
    if (names.stream().allMatch(CsvHeader::isNumber)) {
      throw new InputException(
          "The first line of "
              + file.getFileName()
              + " holds numbers instead of the names of the"
              + " columns: ("
              + Texts.shown(line)
              + "). Maybe the header line is missing.");
    }
    return new CsvHeader(List.copyOf(unique(names)), between);
  }

  private static String firstLine(Path file) {
    try (InputStream in = open(file)) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      boolean quoted = false;
      for (int c = in.read(); c >= 0 && (quoted || (c != '\n' && c != '\r')); c = in.read()) {
        quoted ^= c == '"';
        bytes.write(c);
        if (c == 0 || bytes.size() > LONGEST) {
          throw new InputException(
              file.getFileName() + " is no CSV file in UTF-8. Maybe save it again in UTF-8.");
        }
      }
      CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
      String line = decoder.decode(ByteBuffer.wrap(bytes.toByteArray())).toString();
      return line.startsWith("\uFEFF") ? line.substring(1) : line;
    } catch (CharacterCodingException e) {
      throw new InputException(
          file.getFileName() + " is not in UTF-8. Maybe save it again in UTF-8.", e);
    } catch (IOException e) {
      throw new InputException(
          file.getFileName()
              + " cannot be read. Maybe it is damaged, or not compressed the way its ending says.",
          e);
    }
  }

  private static InputStream open(Path file) throws IOException {
    InputStream bytes = Files.newInputStream(file);
    try {
      boolean packed = file.toString().toLowerCase(Locale.ROOT).endsWith(".gz");
      return new BufferedInputStream(packed ? new GZIPInputStream(bytes) : bytes);
    } catch (IOException e) {
      bytes.close();
      throw e;
    }
  }

  private static char mostFrequent(String line) {
    int[] counts = new int[DELIMITERS.length()];
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      quoted ^= c == '"';
      int d = DELIMITERS.indexOf(c);
      if (!quoted && d >= 0) {
        counts[d]++;
      }
    }
    int best = 0;
    for (int d = 1; d < counts.length; d++) {
      best = counts[d] > counts[best] ? d : best;
    }
    return DELIMITERS.charAt(best);
  }

  private static List<String> split(String line, char delimiter) {
    List<String> names = new ArrayList<>();
    boolean quoted = false;
    int from = 0;
    for (int i = 0; i <= line.length(); i++) {
      if (i == line.length() || (!quoted && line.charAt(i) == delimiter)) {
        names.add(unquoted(line.substring(from, i)));
        from = i + 1;
      } else {
        quoted ^= line.charAt(i) == '"';
      }
    }
    return names;
  }

  private static String unquoted(String name) {
    boolean quoted = name.length() >= 2 && name.startsWith("\"") && name.endsWith("\"");
    return quoted ? name.substring(1, name.length() - 1).replace("\"\"", "\"") : name;
  }

  private static boolean isNumber(String name) {
    return name.strip().matches("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");
  }

  private static List<String> unique(List<String> names) {
    Set<String> taken = new HashSet<>();
    List<String> unique = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i).isEmpty() ? "column" + i : names.get(i);
      String free = name;
      for (int n = 1; !taken.add(free.toLowerCase(Locale.ROOT)); n++) {
        free = name + "_" + n;
      }
      unique.add(free);
    }
    return unique;
  }
}
