import 'package:flutter_test/flutter_test.dart';
import 'package:postengine_agent/phone/registration.dart';

import '../support/fake_service.dart';
import '../support/handset.dart';

void main() {
  late Handset handset;

  setUp(() async {
    handset = Handset(FakeService());
    await handset.pair();
  });

  tearDown(() => handset.delete());

  test('a registration that was just told is not told again', () async {
    await handset.phone.keepRegistration();

    expect(handset.service.pushes, isEmpty);
  });

  test('a new registration is told at once', () async {
    handset.doorbell.current = 'registration-2';

    await handset.phone.keepRegistration();

    expect(handset.service.pushes.single['token'], 'registration-2');
  });

  test('the same one is told again before a month is over', () async {
    handset.now = handset.now.add(heartbeatEvery);

    await handset.phone.keepRegistration();
    await handset.phone.keepRegistration();

    expect(handset.service.pushes, hasLength(1));
  });

  test('one that is lost on the other side is told when the app starts', () async {
    handset.service.isPushLost = true;

    await handset.phone.wake();

    expect(handset.service.pushes, hasLength(1));
  });

  test('a phone without Google services says that it only asks', () async {
    handset.doorbell.current = null;

    await handset.phone.keepRegistration();

    expect(handset.service.pushes.single, {'kind': 'none'});
  });
}
