/// Reads JSON objects, and says by name which field breaks the contract.
library;

import 'dart:convert';

/// The service, or a file of ours, says something that the contract does not allow.
class ContractBroken implements Exception {
  const ContractBroken(this.message);

  /// Field, what was expected, what came.
  final String message;

  @override
  String toString() => message;
}

/// A JSON object; fields that it does not ask for are ignored, as later versions may add some.
class Json {
  const Json(this.fields);

  /// Reads an object from its text.
  factory Json.parse(String text) {
    final Object? value;
    try {
      value = jsonDecode(text);
    } on FormatException catch (error) {
      throw ContractBroken('expected JSON: ${error.message}');
    }
    return Json(_cast<Map<String, Object?>>('answer', value));
  }

  final Map<String, Object?> fields;

  String text(String name) => _cast<String>(name, fields[name]);

  String? maybeText(String name) => _cast<String?>(name, fields[name]);

  int whole(String name) => _cast<int>(name, fields[name]);

  int? maybeWhole(String name) => _cast<int?>(name, fields[name]);

  double? maybeNumber(String name) => _cast<num?>(name, fields[name])?.toDouble();

  bool flag(String name) => _cast<bool>(name, fields[name]);

  /// An instant in UTC.
  DateTime instant(String name) => _instant(name, text(name));

  DateTime? maybeInstant(String name) {
    final written = maybeText(name);
    return written == null ? null : _instant(name, written);
  }

  Json object(String name) => Json(_cast<Map<String, Object?>>(name, fields[name]));

  Json? maybeObject(String name) {
    final value = _cast<Map<String, Object?>?>(name, fields[name]);
    return value == null ? null : Json(value);
  }

  List<Json> objects(String name) {
    final items = _cast<List<Object?>>(name, fields[name]);
    return [for (final item in items) Json(_cast<Map<String, Object?>>(name, item))];
  }

  List<String> texts(String name) {
    final items = _cast<List<Object?>>(name, fields[name]);
    return [for (final item in items) _cast<String>(name, item)];
  }
}

T _cast<T>(String name, Object? value) {
  if (value is T) {
    return value;
  }
  throw ContractBroken('$name: expected $T, got ${value.runtimeType}');
}

DateTime _instant(String name, String written) {
  final at = DateTime.tryParse(written);
  if (at == null) {
    throw ContractBroken('$name: expected an instant as ISO 8601, got "$written"');
  }
  return at.toUtc();
}
