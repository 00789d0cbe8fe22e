/// Which battery saver a phone has.
library;

enum BatterySaver {
  xiaomi({'xiaomi', 'redmi', 'poco'}),
  oppo({'oppo', 'realme', 'oneplus'}),
  samsung({'samsung'}),
  huawei({'huawei', 'honor'}),
  other({});

  const BatterySaver(this.makers);

  final Set<String> makers;
}

/// `maker` is as Android names it, in any case.
BatterySaver batterySaverOf(String maker) => BatterySaver.values.firstWhere(
  (saver) => saver.makers.contains(maker.toLowerCase()),
  orElse: () => BatterySaver.other,
);
