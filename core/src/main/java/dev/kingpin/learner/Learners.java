package dev.kingpin.learner;

import dev.kingpin.data.InputException;
import dev.kingpin.data.Spelling;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/** The one door to all model families on the class path. */
public final class Learners {
  private Learners() {}

  /** All learners, in the order of their names. */
  public static List<Learner> all() {
    List<Learner> learners = new ArrayList<>();
    ServiceLoader.load(Learner.class).forEach(learners::add);
    learners.sort(Comparator.comparing(Learner::name));
    return learners;
  }

  /**
   * The learner of that name.
   *
   * @throws InputException if there is none
   */
  public static Learner of(String name) {
    List<Learner> learners = all();
    Optional<Learner> found = learners.stream().filter(l -> l.name().equals(name)).findFirst();
    return found.orElseThrow(
        () ->
            new InputException(
                "Learner ("
                    + name
                    + ") is unknown. "
                    + Spelling.advice(name, learners.stream().map(Learner::name).toList())));
  }
}
