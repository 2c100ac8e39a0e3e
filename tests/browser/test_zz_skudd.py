from django.urls import reverse
def test_skudd(browser, nett, innlogget, eksempler):
    for navn, bruker, arg, bredde in [
        ("brukere:liste","kommune_admin",[],1280),("brukere:bruker","kommune_admin",["organisasjon","bruker"],1280),("brukere:bruker","kommune_admin",["organisasjon","bruker"],390)]:
        k=browser.new_context(storage_state=innlogget(bruker), viewport={"width":bredde,"height":900}, locale="nb-NO")
        s=k.new_page(); s.goto(nett.adresse+reverse(navn,kwargs={a:eksempler[a] for a in arg}))
        s.screenshot(path=f"/tmp/skudd/{navn.replace(':','-')}-{bredde}.png", full_page=True); k.close()
