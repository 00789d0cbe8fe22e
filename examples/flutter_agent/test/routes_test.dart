import 'package:flutter_test/flutter_test.dart';
import 'package:postengine_agent/routes.dart';

void main() {
  test('the link of a push names its task', () {
    expect(taskIdOf('https://posts.test/agent/?task=dlv_1'), 'dlv_1');
    expect(taskIdOf('/agent/?task=dlv_1'), 'dlv_1');
  });

  for (final other in ['/', '/setup', 'https://posts.test/agent/#pair=ABCD2345', '/agent/?task=', '::']) {
    test('"$other" names none', () => expect(taskIdOf(other), isNull));
  }

  test('a task that started the app has the home page below it', () {
    expect(firstRoutes('/agent/?task=dlv_1').map((route) => route.settings.name), ['/', '/agent/?task=dlv_1']);
    expect(firstRoutes('/'), hasLength(1));
  });
}
