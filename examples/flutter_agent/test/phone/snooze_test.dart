import 'package:flutter_test/flutter_test.dart';
import 'package:postengine_agent/contract/json.dart';
import 'package:postengine_agent/contract/task.dart';
import 'package:postengine_agent/phone/snooze.dart';

import '../support/fake_service.dart';

final latest = DateTime.utc(2026, 12, 2, 8, 45);

List<DateTime> choices(DateTime now, {int remaining = 3}) {
  final snooze = {'remaining': remaining, 'latest': '2026-12-02T08:45:00Z'};
  return snoozeChoices(Task.fromJson(Json(taskJson(snooze: snooze))), now);
}

void main() {
  test('no choice is past the latest', () {
    final now = latest.subtract(const Duration(minutes: 40));

    expect(choices(now), [now.add(const Duration(minutes: 15)), now.add(const Duration(minutes: 30))]);
  });

  test('the latest itself is offered where every wait is too long', () {
    expect(choices(latest.subtract(const Duration(minutes: 5))), [latest]);
  });

  test('nothing is offered after the latest, or with no snooze left', () {
    expect(choices(latest), isEmpty);
    expect(choices(latest.subtract(const Duration(hours: 5)), remaining: 0), isEmpty);
  });
}
