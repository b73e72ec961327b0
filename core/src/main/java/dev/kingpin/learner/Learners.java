package dev.kingpin.learner;

import dev.kingpin.data.InputException;
import dev.kingpin.data.Spelling;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/** The one door to all model families on the class path. */
public final class Learners {
  private Learners() {}

  /**
   * The learner of that name.
   *
   * @throws InputException if there is none
   */
  public static Learner of(String name) {
    List<String> names = new ArrayList<>();
    for (Learner learner : ServiceLoader.load(Learner.class)) {
      if (learner.name().equals(name)) {
        return learner;
      }
      names.add(learner.name());
    }
    Optional<String> near = Spelling.nearest(name, names);
    throw new InputException(
        "Learner ("
            + name
            + ") is unknown. Maybe "
            + near.map(n -> "you meant (" + n + ").")
                .orElse("use one of these: " + String.join(", ", names) + "."));
  }
}
