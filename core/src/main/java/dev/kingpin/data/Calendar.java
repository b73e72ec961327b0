package dev.kingpin.data;

/**
 * Fields of a date-time in the proleptic Gregorian calendar, UTC. Days are turned into dates by
 * integer arithmetic over eras of 400 years that start on 1 March (H. Hinnant, "chrono-Compatible
 * Low-Level Date Algorithms").
 */
final class Calendar {
  static final double MICROS_A_DAY = 86_400_000_000.0;

  private static final long MICROS_AN_HOUR = 3_600_000_000L;
  private static final long MICROS_A_MINUTE = 60_000_000L;
  private static final int DAYS_AN_ERA = 146_097;
  private static final int DAYS_FROM_ERA_START_TO_1970 = 719_468;

  private Calendar() {}

  static double year(double micros) {
    if (Double.isNaN(micros)) {
      return micros;
    }
    long date = date(micros);
    return Math.floorDiv(date, 512L);
  }

  /** 1 to 12. */
  static double month(double micros) {
    if (Double.isNaN(micros)) {
      return micros;
    }
    long month = Math.floorMod(date(micros), 512L) / 32;
    return month;
  }

  /** 1 to 31. */
  static double day(double micros) {
    return Double.isNaN(micros) ? micros : Math.floorMod(date(micros), 32L);
  }

  /** 1 (Monday) to 7 (Sunday), as in ISO 8601. */
  static double weekday(double micros) {
    return Double.isNaN(micros) ? micros : Math.floorMod(epochDay(micros) + 3, 7L) + 1;
  }

  /** 0 to 23. */
  static double hour(double micros) {
    if (Double.isNaN(micros)) {
      return micros;
    }
    long hour = microsOfDay(micros) / MICROS_AN_HOUR;
    return hour;
  }

  /** 0 to 59. */
  static double minute(double micros) {
    return Double.isNaN(micros) ? micros : microsOfDay(micros) / MICROS_A_MINUTE % 60;
  }

  private static long epochDay(double micros) {
    return Math.floorDiv((long) micros, (long) MICROS_A_DAY);
  }

  private static long microsOfDay(double micros) {
    return Math.floorMod((long) micros, (long) MICROS_A_DAY);
  }

  /** Year, month and day packed as {@code year * 512 + month * 32 + day}. */
  private static long date(double micros) {
    long days = epochDay(micros) + DAYS_FROM_ERA_START_TO_1970;
    long era = Math.floorDiv(days, (long) DAYS_AN_ERA);
    long dayOfEra = Math.floorMod(days, (long) DAYS_AN_ERA);
    long yearOfEra =
        (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / (DAYS_AN_ERA - 1)) / 365;
    long dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    long monthFromMarch = (5 * dayOfYear + 2) / 153;
    long day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1;
    long month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
    long year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
    return year * 512 + month * 32 + day;
  }
}
