package dev.kingpin.learner.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kingpin.GroupedModel;
import dev.kingpin.Kingpin;
import dev.kingpin.TestTables;
import dev.kingpin.TestTables.Recipe;
import dev.kingpin.learner.Outcome;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A penalty beyond all measure leaves the constant model, by every solver and loss. */
class HugePenaltyTest {
  @ParameterizedTest
  @CsvSource({
    "0, false, auto, 1e9, 0",
    "0, false, auto, 0, 1e9",
    "0, false, auto, 1e12, 1e12",
    "2, false, auto, 1e9, 0",
    "2, false, auto, 0, 1e9",
    "2, false, auto, 1e12, 1e12",
    "3, false, auto, 1e9, 0",
    "3, false, auto, 0, 1e9",
    "3, false, auto, 1e12, 1e12",
    "0, true, auto, 1e9, 0",
    "0, true, auto, 0, 1e9",
    "0, true, auto, 1e12, 1e12",
    "0, false, lbfgs, 1e9, 0",
    "2, false, lbfgs, 1e9, 0",
    "3, false, lbfgs, 0, 1e9",
    "0, true, lbfgs, 1e9, 1e9",
    "2, false, sgd, 1e9, 0",
    "3, false, adam, 0, 1e9",
  })
  void theModelIsNearlyConstant(int classes, boolean counts, String solver, double l2, double l1) {
    LinearModels models = LinearModels.grid().l2(l2).l1(l1);
    switch (solver) {
      case "lbfgs" -> models.lbfgs(10);
      case "sgd" -> models.sgd(2);
      case "adam" -> models.adam(2);
      default -> {}
    }
    Recipe recipe = Recipe.of(300).numeric(3).levels(3).missing(0.1).withClasses(classes);
    GroupedModel trained =
        Kingpin.groupBy("g")
            .predict("y")
            .with(counts ? models.poisson() : models)
            .standardErrors()
            .train(TestTables.make(recipe, 3));
    Outcome outcome = trained.group("g000").outcome();
    assertThat(outcome).isInstanceOf(Outcome.Trained.class);
    Outcome.Trained best = (Outcome.Trained) outcome;
    assertThat(best.metric() / best.rivals().constant()).isCloseTo(1, within(0.02));
  }
}
