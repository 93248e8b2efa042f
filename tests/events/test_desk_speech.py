async def test_smoke(office):
    call = await office.alice.does("create_call", title="No power", customer_name="Ms. Gray")
    await office.bob.hears("call_created")
    await office.alice.does("assign_call", call, assignee_id=office.bob.id)
    await office.bob.hears("call_assigned")
    await office.carol.cannot("delete_call", call)
