package dev.kingpin.bench;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Words of a benchmark on made tables.
 *
 * @param names scenarios, in the order given
 * @param scale share of the full number of rows, above 0
 * @param repeats timed runs of each side
 * @param threads of Kingpin, and processes of the peer
 * @param peerGroups of how many groups the peer gets the rows, at most
 * @param way how the peer is to train, or null to find the fastest
 */
record LinearOptions(
    List<String> names,
    double scale,
    int repeats,
    int threads,
    int peerGroups,
    @Nullable String way) {
  static LinearOptions of(List<String> words) {
    List<String> names = new ArrayList<>();
    double scale = 1;
    int repeats = 5;
    int threads = Runtime.getRuntime().availableProcessors();
    int peerGroups = Integer.MAX_VALUE;
    @Nullable String way = null;
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (!word.startsWith("--")) {
        names.add(word);
        continue;
      }
      if (++i == words.size()) {
        throw new IllegalArgumentException("Word (" + word + ") needs a value.");
      }
      switch (word) {
        case "--scale" -> scale = Double.parseDouble(words.get(i));
        case "--repeats" -> repeats = Integer.parseInt(words.get(i));
        case "--threads" -> threads = Integer.parseInt(words.get(i));
        case "--peer-groups" -> peerGroups = Integer.parseInt(words.get(i));
        case "--way" -> way = words.get(i);
        default ->
            throw new IllegalArgumentException(
                "Word ("
                    + word
                    + ") is unknown. Maybe use --scale, --repeats, --threads, --peer-groups, --way.");
      }
    }
    return new LinearOptions(List.copyOf(names), scale, repeats, threads, peerGroups, way);
  }
}
