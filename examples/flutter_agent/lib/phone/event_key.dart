/// Makes the keys by which the service knows an event again.
library;

import 'dart:math';

final _random = Random.secure();

/// 128 random bits as hexadecimal digits.
String newEventKey() =>
    [for (var byte = 0; byte < 16; byte++) _random.nextInt(256).toRadixString(16).padLeft(2, '0')].join();
