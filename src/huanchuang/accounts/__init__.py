"""Who may come in, and what each may do.

A person has exactly one role. Every app declares its deeds ("steering.plan.upload") with the roles that may do
them in its AppConfig; what is not declared is not allowed. Beside the role there are grants: one person, one object,
one deed or class of fields, until a day. Every page and every call asks `queries.allows` by way of `views.gate`.

People sign in with name and password (allauth), are slowed down after five failures (axes), may add a second
factor (TOTP) and see their own sign-ins. Nobody signs up by themselves: the administrator makes accounts. The
demonstration's people exist only while the demonstration is on.

Other systems call the API by tokens: the digest is kept, scopes are a part of what the owner may do, and the owner's
rights at the moment of the call count. A portal has an account of its own (`is_service`) that nobody signs in with.

1. `models`   User with Role; Grant; SignIn; Token.
2. `queries`  allows, actor_of, users_with_role: what everybody above asks.
3. `services` create, change, deactivate; grant and revoke; tokens; the demonstration's people.
4. `views`    gate (`requires`, `public`), the administrator's pages, one's own account.
5. `effects`  what we do with the news of allauth and axes; checks at start.
"""
